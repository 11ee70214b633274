import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { guardianOf, recipientsOf } from '@/api/readers'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { RecipientChoice, useRecipient } from '@/ui/RecipientChoice'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/toast-queue'

const spans = [
  { id: '3', label: 'Three days' },
  { id: '14', label: 'Two weeks' },
  { id: '30', label: 'Thirty days' },
] as const

const nobody = 'A link can go to nobody: a minor’s form goes to a guardian with a verified authority to sign, and none is in the chart.'

/** To whom a link goes, how, and for how long. */
export function SendLinkDialog({ formId, readers, isForPacket = false, onClose }: { formId: string; readers: Schema<'LinkReaderOut'>[]; /** One message that leads through all forms of its packet. */ isForPacket?: boolean; onClose: () => void }) {
  const recipients = recipientsOf(readers, 'May sign for the client')
  const choice = useRecipient(recipients)
  const [days, setDays] = useState<(typeof spans)[number]['id']>('14')
  const send = useApiMutation('post', '/api/forms/{form_id}/links', {
    invalidates: ['/api/forms/{form_id}/links'],
    onSuccess: () => {
      toast({ message: 'The link is on its way' })
      onClose()
    },
  })
  const { recipient, channel, hasAgreed: has_agreed } = choice
  const body = { guardian_id: guardianOf(recipient?.id), channel, has_agreed, days: Number(days), is_for_packet: isForPacket }
  return (
    <Dialog
      title="Send a link"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" busy={send.isPending} disabledReason={choice.whyNot} onPress={() => send.mutate({ params: { path: { form_id: formId } }, body })}>
            Send link
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {send.error && <Alert tone="danger">{Object.values(send.error.fields)[0]?.[0] ?? send.error.detail}</Alert>}
        <RecipientChoice recipients={recipients} choice={choice} nobody={nobody} />
        <Select label="Good for" options={spans} value={days} onChange={setDays} hint={isForPacket ? 'Every link to these forms that was sent before is revoked.' : 'A link that was sent before is revoked, also one that leads through a packet.'} />
      </div>
    </Dialog>
  )
}
