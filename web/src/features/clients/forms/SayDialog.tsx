import { zodResolver } from '@hookform/resolvers/zod'
import type { ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { FormField } from '@/ui/FormField'
import { TextField } from '@/ui/TextField'

const shape = z.object({ said: z.string().trim().min(3, 'Say it in a few words.').max(200, 'At most 200 characters.') })

export type SayDialogProps = {
  title: string
  children: ReactNode
  label: string
  hint: string
  action: string
  danger?: boolean
  keep: string
  busy: boolean
  refusal: string | null
  onSay: (said: string) => void
  onClose: () => void
}

/** Asks for one sentence, kept under one's name, before something is done. */
export function SayDialog({ title, children, label, hint, action, danger = false, keep, busy, refusal, onSay, onClose }: SayDialogProps) {
  const form = useForm({ resolver: zodResolver(shape), defaultValues: { said: '' } })
  const submit = form.handleSubmit(({ said }) => onSay(said))
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{keep}</Button>
          <Button variant={danger ? 'danger' : 'primary'} type="submit" form="say" busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id="say" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <div>{children}</div>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <FormField control={form.control} name="said">
          {(field) => <TextField label={label} hint={hint} required autoComplete="off" {...field} />}
        </FormField>
      </form>
    </Dialog>
  )
}
