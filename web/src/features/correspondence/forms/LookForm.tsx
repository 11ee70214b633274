import { useIsMutating } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useState } from 'react'
import type { ApiError } from '@/api/errors'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { LookPreview } from '../parts/LookPreview'
import type { MailSettings } from '../queries'
import { ColorField } from './ColorField'
import { addingLogo, LogoField } from './LogoField'

type Values = Pick<MailSettings, 'sender_name' | 'reply_to' | 'footer' | 'accent_color' | 'logo'>

/** What stands around every mail, beside a mail that looks so. */
export function LookForm({ settings }: { settings: MailSettings }) {
  const { version, sender_name, reply_to, footer, accent_color, logo, standard_color: standard } = settings
  const saved: Values = { sender_name, reply_to, footer, accent_color, logo }
  const [values, setValues] = useState(saved)
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const save = useApiMutation('put', '/api/mail-settings', {
    invalidates: ['/api/mail-settings'],
    onSuccess: () => toast({ message: 'Saved. It holds from the next mail on.' }),
    onError: setRefusal,
  })
  const isAdding = useIsMutating({ mutationKey: addingLogo }) > 0
  const change = (some: Partial<Values>) => setValues((before) => ({ ...before, ...some }))
  const problem = (field: keyof Values | 'logo_id') => refusal?.fields[field]?.[0]
  const look = { accent_color: values.accent_color, footer: values.footer, logo_id: values.logo?.id ?? null }
  const isSaved = version > 0 && (Object.keys(saved) as (keyof Values)[]).every((name) => values[name] === saved[name])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
      <Section title="Around every e-mail">
        <form
          noValidate
          aria-label="How e-mail looks"
          className="flex max-w-prose flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            setRefusal(null)
            save.mutate({ body: { ...look, sender_name: values.sender_name, reply_to: values.reply_to, version } })
          }}
        >
          {refusal && <Alert tone="danger">{refusal.detail}</Alert>}
          <LogoField logo={values.logo} onChange={(logo) => change({ logo })} error={problem('logo_id')} />
          <ColorField value={values.accent_color} standard={standard} onChange={(accent_color) => change({ accent_color })} error={problem('accent_color')} />
          <TextField label="Sender name" value={values.sender_name} maxLength={100} onChange={(sender_name) => change({ sender_name })} error={problem('sender_name')} hint="Stands before the sender’s address. Empty: as the carrier has it." />
          <TextField label="Answers go to" type="email" value={values.reply_to} maxLength={254} onChange={(reply_to) => change({ reply_to })} error={problem('reply_to')} hint="An address somebody reads. Empty: answers go to the sender’s address." />
          <TextArea label="Below every e-mail" rows={3} value={values.footer} maxLength={500} onChange={(footer) => change({ footer })} error={problem('footer')} hint="Name, address and telephone of the practice, for example. The same for everybody." />
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" type="submit" busy={save.isPending} disabledReason={isAdding ? 'The logo is still being checked.' : null}>
              Save
            </Button>
            <TestButton isSaved={isSaved} />
          </div>
        </form>
      </Section>
      <LookPreview look={look} />
    </div>
  )
}

function TestButton({ isSaved }: { isSaved: boolean }) {
  const test = useApiMutation('post', '/api/mail-settings/tests', {
    onSuccess: ({ to }) => toast({ message: `On its way to ${to}` }),
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  return (
    <Button icon={Send} busy={test.isPending} disabledReason={isSaved ? null : 'Save first: the test looks as what is saved.'} onPress={() => test.mutate({})}>
      Send a test to myself
    </Button>
  )
}
