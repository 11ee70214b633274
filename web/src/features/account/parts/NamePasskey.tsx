import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'

type NamePasskeyProps = {
  title: string
  open: boolean
  first: string
  action: string
  busy: boolean
  error: string | undefined
  onSubmit: (name: string) => void
  onClose: () => void
  children?: ReactNode
}

export function NamePasskey({ title, open, first, action, busy, error, onSubmit, onClose, children }: NamePasskeyProps) {
  const form = useId()
  const [name, setName] = useState(first)
  const [isTried, setTried] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() !== '') onSubmit(name.trim())
  }
  return (
    <Dialog
      title={title}
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {children !== undefined && <p className="text-14 text-muted">{children}</p>}
        {error !== undefined && <Alert tone="danger">{error}</Alert>}
        <TextField label="Name" name="passkey" autoFocus maxLength={100} value={name} onChange={setName} error={isTried && name.trim() === '' ? 'Enter a name.' : undefined} />
      </form>
    </Dialog>
  )
}
