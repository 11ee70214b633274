import { Braces, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Menu } from '@/ui/Menu'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { variables } from '../templates'
import type { TemplateDraft } from '../use-template-draft'
import { categoryOptions } from '../words'

const MOST_LETTERS = 20_000

/** A template's name, where its documents are filed, and its text. */
export function TemplateForm({ draft, problems }: { draft: TemplateDraft; problems: readonly string[] }) {
  const { text, write, save, isDirty, isSaving, error, blocker } = draft
  const [area, setArea] = useState<HTMLTextAreaElement | null>(null)
  const wrong = error?.fields ?? {}
  const insert = (name: string) => {
    const { selectionStart: from, selectionEnd: to } = area ?? { selectionStart: text.body.length, selectionEnd: text.body.length }
    write({ body: `${text.body.slice(0, from)}{${name}}${text.body.slice(to)}` })
    area?.focus()
  }
  const whyNot = text.title.trim() === '' ? 'Give the template a name.' : text.body.trim() === '' ? 'Write its text.' : problems.length > 0 ? 'Put the text right first.' : isDirty ? null : 'Nothing has changed.'
  return (
    <form
      noValidate
      className="flex min-w-0 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (whyNot === null) save()
      }}
    >
      {error && !wrong.title && !wrong.body && <Alert tone="danger">{error.detail}</Alert>}
      <TextField label="Name" required value={text.title} onChange={(title) => write({ title })} maxLength={200} autoComplete="off" error={wrong.title?.[0]} />
      <Select label="File its documents as" options={categoryOptions} value={text.category} onChange={(category) => write({ category })} />
      <TextArea
        label="Text"
        required
        value={text.body}
        onChange={(body) => write({ body })}
        rows={14}
        maxLength={MOST_LETTERS}
        inputRef={setArea}
        hint="# and ## begin headings, - an item of a list, **so** is bold; an empty line ends a paragraph. {field:Label} is asked for when a document is made."
        error={problems.length > 0 ? problems.join(' ') : undefined}
      />
      <div className="flex flex-wrap justify-between gap-2">
        <Menu
          label="What fills itself in"
          placement="bottom start"
          trigger={
            <Button icon={Braces}>
              Insert <ChevronDown aria-hidden className="size-4" />
            </Button>
          }
          groups={[
            { id: 'Fills itself in', items: Object.entries(variables).map(([name, label]) => ({ id: name, label, detail: `{${name}}`, onAction: () => insert(name) })) },
            { id: 'Is asked for', items: [{ id: 'field', label: 'A field of its own', detail: '{field:Label}', onAction: () => insert('field:Label') }] },
          ]}
        />
        <Button variant="primary" type="submit" busy={isSaving} disabledReason={whyNot}>
          Save template
        </Button>
      </div>
      <ConfirmDialog title="Leave without saving?" open={blocker.state === 'blocked'} action="Leave and discard" keep="Keep writing" danger onConfirm={() => blocker.proceed?.()} onClose={() => blocker.reset?.()}>
        What you changed in this template is not saved yet.
      </ConfirmDialog>
    </form>
  )
}
