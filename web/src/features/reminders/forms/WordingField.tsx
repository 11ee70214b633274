import { Eye, Send } from 'lucide-react'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'

type Wording = Schema<'WordingIn'>
type WordingFieldProps = { label: string; channel: Wording['channel']; about: Wording['about']; links: Partial<Wording>; value: string; onChange: (text: string) => void; error?: string | undefined; fields: readonly string[] }

/** A text the practice words itself: as it is written, as a reader gets it, and as a message to oneself. */
export function WordingField({ label, channel, about, links, value, onChange, error, fields }: WordingFieldProps) {
  const body = { channel, about, text: value, ...links } as Wording
  const preview = useApiMutation('post', '/api/reminder-settings/preview')
  const test = useApiMutation('post', '/api/reminder-settings/test', {
    onSuccess: ({ to }) => toast({ message: `On its way to ${to}` }),
    onError: ({ detail, fields: wrong }) => toast({ message: wrong.text?.[0] ?? detail, tone: 'danger' }),
  })
  const usable = about === 'reminder' ? fields : fields.filter((name) => !name.endsWith('_link'))
  return (
    <div className="flex flex-col gap-2">
      <TextArea label={label} value={value} onChange={onChange} rows={channel === 'email' ? 6 : 2} error={error ?? preview.error?.fields.text?.[0]} hint={`Fields: ${usable.map((name) => `{${name}}`).join(' ')}`} />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" icon={Eye} busy={preview.isPending} onPress={() => preview.mutate({ body })}>
          Preview<span className="sr-only">: {label}</span>
        </Button>
        <Button size="sm" icon={Send} busy={test.isPending} onPress={() => test.mutate({ body })}>
          Send to myself<span className="sr-only">: {label}</span>
        </Button>
      </div>
      {preview.data && (
        <Alert title={channel === 'email' ? preview.data.subject : `${preview.data.parts} text message${preview.data.parts === 1 ? '' : 's'}`}>
          <p className="pt-1 text-13 break-words whitespace-pre-wrap">{preview.data.message}</p>
        </Alert>
      )}
    </div>
  )
}
