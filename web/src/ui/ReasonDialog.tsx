import { zodResolver } from '@hookform/resolvers/zod'
import type { ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { FormField } from '@/ui/FormField'
import { TextArea } from '@/ui/TextArea'
import { reasonRule } from '@/lib/reason'

const shape = z.object({ reason: reasonRule })

type ReasonDialogProps = {
  title: string
  open: boolean
  onClose: () => void
  /** What happens. */
  children: ReactNode
  /** Names the deed: "Deactivate account". */
  action: string
  busy: boolean
  error: string | null
  onConfirm: (reason: string) => void
}

/** Asks why, before something that ends what somebody has open. */
export function ReasonDialog({ title, open, onClose, children, action, busy, error, onConfirm }: ReasonDialogProps) {
  const form = useForm({ resolver: zodResolver(shape), defaultValues: { reason: '' } })
  const submit = form.handleSubmit(({ reason }) => onConfirm(reason))
  return (
    <Dialog
      title={title}
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Keep as it is</Button>
          <Button variant="danger" type="submit" form="reason" busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id="reason" noValidate className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
        <div className="text-14">{children}</div>
        {error && <Alert tone="danger">{error}</Alert>}
        <FormField control={form.control} name="reason">
          {(field) => <TextArea label="Reason" required rows={2} autoFocus hint="Stands in the audit trail. Name no client." {...field} />}
        </FormField>
      </form>
    </Dialog>
  )
}
