import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Link } from '@/ui/Link'
import { Panel } from '@/ui/Panel'
import { StatusBadge } from '@/ui/StatusBadge'
import { TextField } from '@/ui/TextField'
import { Problem } from '../parts/Problem'
import { Watch } from '../parts/Watch'
import { messageQuery, outboxReads, type Channel } from '../queries'
import { isOnItsWay, lookOf, sentenceOf } from '../words'

const faces = {
  Email: { title: 'Send a test e-mail', label: 'E-mail address', missing: 'Enter an e-mail address.', type: 'email', field: 'email' },
  SMS: { title: 'Send a test text', label: 'Telephone number', missing: 'Enter a telephone number.', type: 'tel', field: 'phone' },
} as const

/** Sends a message that says nothing, and shows what becomes of it. */
export function TestPanel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const me = useMe()
  const { title, label, missing, type, field } = faces[channel]
  const [address, setAddress] = useState(channel === 'Email' ? me.email : '')
  const [isMissing, setMissing] = useState(false)
  const send = useApiMutation('post', '/api/test-messages', { invalidates: [...outboxReads] })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const to = address.trim()
    setMissing(to === '')
    if (to !== '') send.mutate({ body: { email: '', phone: '', [field]: to } })
  }
  const refused = send.error?.fields[field]?.[0]
  return (
    <Panel
      title={title}
      subtitle="It says that it is a test, and nothing else."
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" type="submit" form="test" busy={send.isPending}>
            Send test
          </Button>
        </>
      }
    >
      <form id="test" noValidate className="flex flex-col gap-4" onSubmit={submit}>
        {send.error && refused === undefined && <Alert tone="danger">{send.error.detail}</Alert>}
        <TextField label={label} required type={type} value={address} maxLength={254} onChange={setAddress} error={refused ?? (isMissing && address.trim() === '' ? missing : undefined)} />
      </form>
      {send.data && <Sent key={send.data.id} messageId={send.data.id} zone={me.practice.timezone} />}
    </Panel>
  )
}

function Sent({ messageId, zone }: { messageId: string; zone: string }) {
  const { data: message } = useQuery({ ...messageQuery(messageId), refetchOnWindowFocus: false })
  if (!message) return null
  return (
    <section aria-label="What became of it" aria-live="polite" className="mt-5 flex flex-col items-start gap-2 border-t border-line pt-4">
      <StatusBadge {...lookOf(message)} />
      <p>{sentenceOf(message, zone)}</p>
      {message.problem !== '' && <Problem text={message.problem} />}
      <Link href={paths.message(messageId)}>See it in the outbox</Link>
      {isOnItsWay(message) && <Watch messageId={messageId} />}
    </section>
  )
}
