import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { NumberField } from '@/ui/NumberField'
import { toast } from '@/ui/toast-queue'

const GIGABYTE = 1024 ** 3

/** How much the practice means to keep: a level for warnings, not a limit. */
export function QuotaDialog({ storage, onClose }: { storage: Schema<'StorageOut'>; onClose: () => void }) {
  const [gigabytes, setGigabytes] = useState<number | null>(Math.round(storage.quota_bytes / GIGABYTE))
  const [refusal, setRefusal] = useState<string | null>(null)
  const change = useApiMutation('put', '/api/storage/quota', {
    invalidates: ['/api/storage'],
    onSuccess: () => {
      toast({ message: 'Quota changed' })
      onClose()
    },
    onError: ({ detail }) => setRefusal(detail),
  })
  const save = () => {
    if (gigabytes === null || gigabytes < 1) return setRefusal('Say how many gigabytes, at least one.')
    setRefusal(null)
    change.mutate({ body: { gigabytes: Math.round(gigabytes), version: storage.version } })
  }
  return (
    <Dialog
      title="Change quota"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" busy={change.isPending} onPress={save}>
            Save quota
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <NumberField label="Gigabytes the practice means to keep" value={gigabytes} onChange={setGigabytes} min={1} max={1_000_000} hint="At 80 % administrators are told. No file is ever refused because of it." />
      </div>
    </Dialog>
  )
}
