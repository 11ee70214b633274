import { useState, type FormEvent, type ReactElement } from 'react'
import type { ApiError } from '@/api/errors'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'

type Bound = { value: string; onChange: (text: string) => void; error: string | undefined }

type OneFieldFormProps = {
  action: string
  missing: string
  mutation: { mutate: (text: string) => void; isPending: boolean; error: ApiError | null }
  field: (bound: Bound) => ReactElement
}

/** Asks for one thing and sends it: a password, a code. */
export function OneFieldForm({ action, missing, mutation, field }: OneFieldFormProps) {
  const [value, setValue] = useState('')
  const [isMissing, setMissing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(value.trim() === '')
    if (value.trim() !== '') mutation.mutate(value)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {mutation.error && <Alert tone="danger">{mutation.error.detail}</Alert>}
      {field({ value, onChange: setValue, error: isMissing && value === '' ? missing : undefined })}
      <Button type="submit" variant="primary" size="lg" busy={mutation.isPending}>
        {action}
      </Button>
    </form>
  )
}
