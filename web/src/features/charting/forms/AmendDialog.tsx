import { useQueryClient } from '@tanstack/react-query'
import { useId, useState, type FormEvent } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { noteQuery } from '../queries'

type Props = { noteId: string; /** Text to begin with. */ text?: string; onAdded?: () => void; onClose: () => void }
const SHORTEST_REASON = 5

/** Adds to a signed note; what was signed stays as it is. mentalspace/charting/rules.py: may_amend */
export function AmendDialog({ noteId, text: given = '', onAdded, onClose }: Props) {
  const formId = useId()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [text, setText] = useState(given)
  const [problems, setProblems] = useState<{ reason?: string; text?: string }>({})
  const amend = useApiMutation('post', '/api/notes/{note_id}/amendments', {
    invalidates: ['/api/clients/{client_id}/timeline'],
    onSuccess: (note) => {
      toast({ message: 'Amendment added' })
      onClose()
      onAdded?.()
      queries.setQueryData(noteQuery(noteId).queryKey, note)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = {
      ...(reason.trim().length < SHORTEST_REASON && { reason: `Say why, in at least ${SHORTEST_REASON} characters.` }),
      ...(text.trim() === '' && { text: 'Write what is to be added or corrected.' }),
    }
    setProblems(found)
    if (Object.keys(found).length === 0) amend.mutate({ params: { path: { note_id: noteId } }, body: { reason: reason.trim(), text: text.trim() } })
  }
  const refused = amend.error?.fields ?? {}
  return (
    <Dialog
      title="Add amendment"
      open
      size="md"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={amend.isPending}>
            Add amendment
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <p className="text-14 text-muted">It is added below the signed note with your name and the time, and cannot be changed afterwards.</p>
        {amend.error && Object.keys(refused).length === 0 && <Alert tone="danger">{amend.error.detail}</Alert>}
        <TextField label="Reason" required autoFocus value={reason} onChange={setReason} maxLength={300} error={problems.reason ?? refused.reason?.[0]} hint="For example: corrects the dose that was named." />
        <TextArea label="Amendment" required text="prose" rows={6} value={text} onChange={setText} maxLength={20_000} error={problems.text ?? refused.text?.[0]} />
      </form>
    </Dialog>
  )
}
