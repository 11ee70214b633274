import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'

const LONGEST = 300

/** Has a task done out of turn; why is kept with what comes of it. */
export function RunTaskDialog({ task: { key, title, does }, onClose }: { task: Schema<'MaintenanceTaskOut'>; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const run = useApiMutation('post', '/api/operations/maintenance/{maintenance_task}/runs', {
    invalidates: ['/api/operations/maintenance'],
    onSuccess: () => {
      toast({ message: `${title}: the worker does it now` })
      onClose()
    },
  })
  const problem = run.error?.fields.reason?.[0]
  return (
    <Dialog
      title={`Run now: ${title.toLowerCase()}`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" busy={run.isPending} onPress={() => run.mutate({ params: { path: { maintenance_task: key } }, body: { reason: reason.trim() } })}>
            Run now
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {run.error && problem === undefined && <Alert tone="danger">{run.error.detail}</Alert>}
        <p className="text-13 text-muted">{does}</p>
        <TextArea label="Why now" hint="A sentence; it is kept with what comes of it." required value={reason} onChange={setReason} error={problem} maxLength={LONGEST} rows={2} />
      </div>
    </Dialog>
  )
}
