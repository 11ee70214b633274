import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { RadioGroup } from '@/ui/RadioGroup'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/toast-queue'

type Reader = Schema<'LinkReaderOut'>
type Channel = Schema<'FormLinkOut'>['channel']

const spans = [
  { id: '3', label: 'Three days' },
  { id: '14', label: 'Two weeks' },
  { id: '30', label: 'Thirty days' },
] as const

const idOf = ({ guardian_id }: Reader): string => guardian_id ?? 'client'
const nobody = 'A link can go to nobody: a minor’s form goes to a guardian with a verified authority to sign, and none is in the chart.'

/** To whom a link goes, how, and for how long. */
export function SendLinkDialog({ formId, readers, isForPacket = false, onClose }: { formId: string; readers: Reader[]; /** One message that leads through all forms of its packet. */ isForPacket?: boolean; onClose: () => void }) {
  const [to, setTo] = useState(() => readers.map(idOf)[0] ?? '')
  const [chosen, choose] = useState<Channel | null>(null)
  const [hasAgreed, agree] = useState(false)
  const [days, setDays] = useState<(typeof spans)[number]['id']>('14')
  const send = useApiMutation('post', '/api/forms/{form_id}/links', {
    invalidates: ['/api/forms/{form_id}/links'],
    onSuccess: () => {
      toast({ message: 'The link is on its way' })
      onClose()
    },
  })
  const reader = readers.find((each) => idOf(each) === to)
  const channel: Channel = chosen ?? (reader?.email || !reader?.phone ? 'Email' : 'SMS')
  const isText = channel === 'SMS'
  const address = isText ? reader?.phone : reader?.email
  const reason = !reader ? 'There is nobody to send it to.' : !address ? 'There is no such address. Add one in the chart first.' : isText && !hasAgreed ? 'Ask whether they agree to a text message first.' : null
  const body = { guardian_id: to === 'client' ? null : to, channel, has_agreed: hasAgreed, days: Number(days), is_for_packet: isForPacket }
  return (
    <Dialog
      title="Send a link"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" busy={send.isPending} disabledReason={reason} onPress={() => send.mutate({ params: { path: { form_id: formId } }, body })}>
            Send link
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {send.error && <Alert tone="danger">{Object.values(send.error.fields)[0]?.[0] ?? send.error.detail}</Alert>}
        {readers.length === 0 && <Alert tone="warning">{nobody}</Alert>}
        {readers.length > 0 && <RadioGroup label="To" value={to} onChange={setTo} options={readers.map((each) => ({ id: idOf(each), label: each.name, detail: each.guardian_id ? 'May sign for the client' : 'The client' }))} />}
        {reader && (
          <RadioGroup
            label="By"
            value={channel}
            onChange={choose}
            options={[
              { id: 'Email', label: 'E-mail', detail: reader.email || 'No address in the chart', disabled: !reader.email },
              { id: 'SMS', label: 'Text message', detail: reader.phone || 'No number in the chart', disabled: !reader.phone },
            ]}
          />
        )}
        {reader && isText && (
          <Checkbox checked={hasAgreed} onChange={agree}>
            {reader.name} agreed to a text message at this number
          </Checkbox>
        )}
        <Select label="Good for" options={spans} value={days} onChange={setDays} hint="A link that was sent before is revoked." />
      </div>
    </Dialog>
  )
}
