import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { touched, type SignatureRequest } from '../signing'

type DeclineFormProps = { request: SignatureRequest; onBack: () => void; onClose: () => void }

/** Says no, and why. The request ends with it, for everybody. */
export function DeclineForm({ request, onBack, onClose }: DeclineFormProps) {
  const [reason, setReason] = useState('')
  const decline = useApiMutation('post', '/api/signature-requests/{request_id}/refusal', {
    invalidates: touched,
    onSuccess: () => {
      toast({ message: 'Declined. The sender is told why.' })
      onClose()
    },
  })
  return (
    <Dialog
      title={`Decline to sign ${request.title}`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onBack}>Back to the document</Button>
          <Button
            variant="danger"
            busy={decline.isPending}
            disabledReason={reason.trim() === '' ? 'Say why first.' : null}
            onPress={() => decline.mutate({ params: { path: { request_id: request.id } }, body: { reason } })}
          >
            Decline to sign
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {decline.error && <Alert tone="danger">{decline.error.detail}</Alert>}
        <TextArea label="Why not?" required hint="The sender reads it. Nobody else can sign this request after that; a corrected document can be sent again." value={reason} onChange={setReason} maxLength={500} autoFocus />
      </div>
    </Dialog>
  )
}
