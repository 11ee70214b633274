import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import type { SystemAlert } from '../alert-words'
import { alertReads } from '../queries'

/** Takes an alert on under one's name, so that nobody else is called. */
export function AcknowledgeDialog({ alert, onClose }: { alert: SystemAlert; onClose: () => void }) {
  const [note, setNote] = useState('')
  const take = useApiMutation('post', '/api/operations/alerts/{system_alert_id}/acknowledgement', {
    invalidates: [...alertReads],
    onSuccess: () => {
      toast({ message: 'You see to it' })
      onClose()
    },
  })
  return (
    <Dialog
      title={`Take on: ${alert.title}`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" busy={take.isPending} onPress={() => take.mutate({ params: { path: { system_alert_id: alert.id } }, body: { note: note.trim() } })}>
            I see to it
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {take.error && <Alert tone="danger">{take.error.detail}</Alert>}
        <p className="text-13 text-muted">Nobody further is called. It ends by itself when the thing has been good for a while.</p>
        <TextArea label="What you are going to do (optional)" value={note} onChange={setNote} maxLength={500} rows={3} error={take.error?.fields.note?.[0]} hint="The other administrators read it. Nothing about clients, please." />
      </div>
    </Dialog>
  )
}
