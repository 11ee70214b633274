import { useState } from 'react'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { categoryOptions, type Category } from '../words'

type NewFormDialogProps = { busy: boolean; error: string | undefined; onAdd: (body: Schema<'FormTemplateIn'>) => void; onClose: () => void }

/** A form begins with a name and what it is for; both can be changed until it is published. */
export function NewFormDialog({ busy, error, onAdd, onClose }: NewFormDialogProps) {
  const [title, setTitle] = useState('')
  const [category, setCategory] = useState<Category>('intake')
  return (
    <Dialog
      title="New form"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" type="submit" form="new-form" busy={busy} disabledReason={title.trim() === '' ? 'Give it a name first.' : null}>
            Begin form
          </Button>
        </>
      }
    >
      <form
        id="new-form"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim() !== '') onAdd({ title, category, description: '', definition: { fields: [], scores: [] } })
        }}
      >
        {error && <Alert tone="danger">{error}</Alert>}
        <TextField label="Name" required autoFocus value={title} maxLength={200} autoComplete="off" onChange={setTitle} />
        <Select label="Category" options={categoryOptions} value={category} onChange={setCategory} hint="The front desk gives and reviews intake, insurance, feedback and administrative forms; not consents and assessments." />
      </form>
    </Dialog>
  )
}
