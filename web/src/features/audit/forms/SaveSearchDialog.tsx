import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import type { TrailFilter } from '../filter'
import { asked } from '../queries'

type SaveSearchDialogProps = { filter: TrailFilter; zone: string; open: boolean; onClose: () => void }

export function SaveSearchDialog({ filter, zone, open, onClose }: SaveSearchDialogProps) {
  const [name, setName] = useState('')
  const save = useApiMutation('post', '/api/audit/queries', {
    invalidates: ['/api/audit/queries'],
    onSuccess: () => {
      toast({ message: 'Search saved' })
      setName('')
      onClose()
    },
  })
  const submit = () => save.mutate({ body: { name: name.trim(), filters: asked(filter, zone) } })
  return (
    <Dialog
      title="Save this search"
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="save-search" busy={save.isPending} disabledReason={name.trim() === '' ? 'Give it a name first.' : null}>
            Save search
          </Button>
        </>
      }
    >
      <form
        id="save-search"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') submit()
        }}
      >
        <TextField label="Name" value={name} onChange={setName} maxLength={80} autoFocus hint="For yourself. Do not name a client." error={save.error?.detail} />
      </form>
    </Dialog>
  )
}
