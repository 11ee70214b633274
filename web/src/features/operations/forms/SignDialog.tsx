import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { kinds, type Kind } from '../words'

const LONGEST = 500

/** Keeps the checklist as it stands under one's name; what is not good wants a word. */
export function SignDialog({ kind, isGood, onClose }: { kind: Kind; isGood: boolean; onClose: () => void }) {
  const [remark, setRemark] = useState('')
  const sign = useApiMutation('post', '/api/operations/checklists/{checklist}/signed', {
    invalidates: ['/api/operations/checklists/{checklist}', '/api/operations/signed-checklists'],
    onSuccess: () => {
      toast({ message: 'Checklist signed' })
      onClose()
    },
  })
  const problem = sign.error?.fields.remark?.[0]
  return (
    <Dialog
      title={`Sign off: ${kinds[kind].title.toLowerCase()}`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" busy={sign.isPending} onPress={() => sign.mutate({ params: { path: { checklist: kind } }, body: { remark: remark.trim() } })}>
            Sign checklist
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {sign.error && problem === undefined && <Alert tone="danger">{sign.error.detail}</Alert>}
        <p className="text-13 text-muted">It is kept as it stands now, under your name, and cannot be changed afterwards.</p>
        <TextArea label={isGood ? 'Remark (optional)' : 'What is being done about what is not good'} required={!isGood} value={remark} onChange={setRemark} error={problem} maxLength={LONGEST} rows={3} />
      </div>
    </Dialog>
  )
}
