import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { today } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DatePicker } from '@/ui/DatePicker'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { mayGive } from '../can'
import { formReads, templatesQuery } from '../queries'
import { categories, priorityOptions, type FormRow } from '../words'

/** Which form a client is to fill, until when, and what to say with it. */
export function GiveFormPanel({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const me = useMe()
  const { data, error, isPending } = useInfiniteQuery(templatesQuery('published'))
  const [templateId, setTemplate] = useState<string | null>(null)
  const [due, setDue] = useState<string | null>(null)
  const [priority, setPriority] = useState<FormRow['priority']>('normal')
  const [instructions, setInstructions] = useState('')
  const templates = (data?.pages.flatMap(({ items }) => items) ?? []).filter(({ category }) => mayGive(me, category))
  const give = useApiMutation('post', '/api/clients/{client_id}/forms', {
    invalidates: [...formReads],
    onSuccess: () => {
      toast({ message: 'Form given. Open it to fill it together with the client.' })
      onClose()
    },
  })
  const fields = give.error?.fields ?? {}
  return (
    <Panel
      title="Give a form"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" type="submit" form="give-form" busy={give.isPending} disabledReason={templateId === null ? 'Choose a form first.' : null}>
            Give form
          </Button>
        </>
      }
    >
      <form
        id="give-form"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (templateId !== null) give.mutate({ params: { path: { client_id: clientId } }, body: { template_id: templateId, due_date: due, priority, instructions: instructions.trim() } })
        }}
      >
        {give.error && Object.keys(fields).length === 0 && <Alert tone="danger">{give.error.detail}</Alert>}
        {error ? (
          <Alert tone="danger">{error.detail}</Alert>
        ) : isPending ? (
          <SkeletonRows rows={2} label="Loading the forms" />
        ) : templates.length === 0 ? (
          <Alert>No form is published that you may give. Administrators publish them under Forms.</Alert>
        ) : (
          <Select label="Form" required options={templates.map(({ id, title, category }) => ({ id, label: title, detail: categories[category] }))} value={templateId} onChange={setTemplate} />
        )}
        <DatePicker label="Due" value={due} onChange={setDue} min={today(me.practice.timezone)} error={fields.due_date?.[0]} />
        <Select label="Priority" options={priorityOptions} value={priority} onChange={setPriority} />
        <TextArea label="Instructions" value={instructions} maxLength={1000} onChange={setInstructions} hint="Shown above the questions." />
      </form>
    </Panel>
  )
}
