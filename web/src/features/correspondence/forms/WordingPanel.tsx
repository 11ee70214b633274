import { Send, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { ApiError } from '@/api/errors'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatNear } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { WordingDefault } from '../parts/WordingDefault'
import { WordingPreview } from '../parts/WordingPreview'
import { channelWords } from '../filter'
import type { Wording } from '../queries'

const listed = (names: readonly string[]) => names.map((name) => `{${name}}`).join(' ')

/** The words of one message: as they are written, as a reader gets them, beside the product's own. */
export function WordingPanel({ wording, onClose }: { wording: Wording; onClose: () => void }) {
  const [subject, setSubject] = useState(wording.subject)
  const [body, setBody] = useState(wording.body)
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const draft = { kind: wording.kind, channel: wording.channel, subject, body: wording.has_body ? body : '' }
  const save = useApiMutation('put', '/api/message-wordings', {
    invalidates: ['/api/message-wordings'],
    onSuccess: ({ is_own: isOwn }) => {
      toast({ message: isOwn ? 'Saved. It is written in your words from now on.' : 'Saved. It is written in the product’s words.' })
      onClose()
    },
    onError: setRefusal,
  })
  const test = useApiMutation('post', '/api/message-wording-tests', {
    onSuccess: ({ to }) => toast({ message: `On its way to ${to}` }),
    onError: ({ detail, fields }) => toast({ message: fields.subject?.[0] ?? fields.body?.[0] ?? detail, tone: 'danger' }),
  })
  const needed = wording.fields.filter(({ is_needed }) => is_needed).map(({ name }) => name)
  const isDefault = subject === wording.default_subject && body === wording.default_body
  return (
    <Panel
      title={wording.title}
      subtitle={`${channelWords[wording.channel]}. ${wording.cause}`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="wording" busy={save.isPending}>
            Save wording
          </Button>
        </>
      }
    >
      <form
        id="wording"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ body: { ...draft, version: wording.version } })
        }}
      >
        {refusal && <Alert tone="danger">{refusal.detail}</Alert>}
        {wording.problem !== '' && !refusal && <Alert tone="warning">Not used at present: {wording.problem}</Alert>}
        {wording.has_subject && (
          <TextField
            label="Subject"
            value={subject}
            maxLength={wording.longest_subject}
            onChange={setSubject}
            error={refusal?.fields.subject?.[0]}
            hint={`The same for everybody: it is read on locked screens. Fields: ${listed(wording.subject_fields)}`}
          />
        )}
        {wording.has_body && (
          <TextArea
            label="Text"
            value={body}
            rows={wording.channel === 'Email' ? 8 : 3}
            onChange={setBody}
            error={refusal?.fields.body?.[0]}
            hint={`Fields: ${listed(wording.fields.map(({ name }) => name))}${needed.length === 0 ? '' : `. Needed: ${listed(needed)}`}`}
          />
        )}
        {!wording.has_body && <Alert>The text of this mail is worded under Reminders.</Alert>}
        <WordingPreview draft={draft} />
        <div className="flex flex-wrap gap-2">
          <Button size="sm" icon={Send} busy={test.isPending} onPress={() => test.mutate({ body: draft })}>
            Send a test to myself
          </Button>
          <Button
            size="sm"
            icon={Undo2}
            disabledReason={isDefault ? 'These are the product’s words.' : null}
            onPress={() => {
              setSubject(wording.default_subject)
              setBody(wording.default_body)
            }}
          >
            Take the product’s words
          </Button>
        </div>
        <WordingDefault wording={wording} />
        <LastChange wording={wording} />
      </form>
    </Panel>
  )
}

function LastChange({ wording: { updated_at: at, updated_by_name: name } }: { wording: Wording }) {
  const zone = useMe().practice.timezone
  return at === null ? null : <p className="text-12 text-muted">{`Last changed ${formatNear(at, zone)}${name === '' ? '' : ` by ${name}`}. What is queued already stays as it was.`}</p>
}
