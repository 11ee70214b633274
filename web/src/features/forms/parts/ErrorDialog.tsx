import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { formReads } from '../queries'

/** What was sent never should have been: it is kept, with why, and counts for nothing. */
export function ErrorDialog({ formId, onClose }: { formId: string; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const mark = useApiMutation('put', '/api/forms/{form_id}/error', {
    invalidates: [...formReads],
    onSuccess: () => {
      toast({ message: 'Marked as entered in error' })
      onClose()
    },
  })
  return (
    <Dialog
      title="Entered in error?"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="danger" busy={mark.isPending} disabledReason={reason.trim().length < 3 ? 'Say why first.' : null} onPress={() => mark.mutate({ params: { path: { form_id: formId } }, body: { reason: reason.trim() } })}>
            Mark as entered in error
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {mark.error && <Alert tone="danger">{Object.values(mark.error.fields).flat()[0] ?? mark.error.detail}</Alert>}
        <p className="text-14">The form stays in the chart, out of the list, and this cannot be undone. Consents that came of it are revoked from their first day. What was taken over into the chart, and documents it brought, stay: put those right there.</p>
        <TextArea label="Why" required value={reason} maxLength={1000} rows={2} hint="Say, because these are another client’s answers." onChange={setReason} />
      </div>
    </Dialog>
  )
}
