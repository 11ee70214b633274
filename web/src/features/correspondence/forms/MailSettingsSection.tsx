import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiError } from '@/api/errors'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { mailSettingsQuery, type MailSettings } from '../queries'

/** What stands around every mail, whoever carries it. */
export function MailSettingsSection() {
  const { data: settings, error, refetch } = useQuery(mailSettingsQuery())
  return (
    <Section title="How e-mail looks">
      {settings ? (
        <MailForm key={settings.version} settings={settings} />
      ) : error ? (
        <ErrorState title={error.title} onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      ) : (
        <SkeletonRows rows={4} label="Loading how e-mail looks" />
      )}
    </Section>
  )
}

type Values = Pick<MailSettings, 'sender_name' | 'reply_to' | 'footer'>

function MailForm({ settings }: { settings: MailSettings }) {
  const { version, sender_name, reply_to, footer } = settings
  const [values, setValues] = useState<Values>({ sender_name, reply_to, footer })
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const save = useApiMutation('put', '/api/mail-settings', {
    invalidates: ['/api/mail-settings'],
    onSuccess: () => toast({ message: 'Saved. It holds from the next mail on.' }),
    onError: setRefusal,
  })
  const change = (some: Partial<Values>) => setValues((before) => ({ ...before, ...some }))
  const problem = (field: keyof Values) => refusal?.fields[field]?.[0]
  return (
    <form
      noValidate
      aria-label="How e-mail looks"
      className="flex max-w-prose flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setRefusal(null)
        save.mutate({ body: { ...values, version } })
      }}
    >
      {refusal && <Alert tone="danger">{refusal.detail}</Alert>}
      <TextField label="Sender name" value={values.sender_name} maxLength={100} onChange={(sender_name) => change({ sender_name })} error={problem('sender_name')} hint="Stands before the sender’s address. Empty: as the carrier has it." />
      <TextField label="Answers go to" type="email" value={values.reply_to} maxLength={254} onChange={(reply_to) => change({ reply_to })} error={problem('reply_to')} hint="An address somebody reads. Empty: answers go to the sender’s address." />
      <TextArea label="Below every e-mail" rows={3} value={values.footer} maxLength={500} onChange={(footer) => change({ footer })} error={problem('footer')} hint="Name, address and telephone of the practice, for example. The same for everybody." />
      <div>
        <Button variant="primary" type="submit" busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}
