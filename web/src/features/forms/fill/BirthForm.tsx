import { useState } from 'react'
import { asApiError } from '@/api/errors'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DateField } from '@/ui/DateField'
import { open, type ByLink } from './link'

export type Opened = ByLink & { proof: string }
type BirthFormProps = { token: string; title: string; level?: 1 | 2; onOpened: (form: Opened) => void }

/** Who opens the link says when the client was born. */
export function BirthForm({ token, title, level = 1, onOpened }: BirthFormProps) {
  const [born, setBorn] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const Heading = level === 1 ? 'h1' : 'h2'
  const enter = async () => {
    if (born === null) return setRefusal('Enter the whole date: month, day and year.')
    setBusy(true)
    setRefusal(null)
    try {
      onOpened(await open(token, born))
    } catch (thrown) {
      setRefusal(asApiError(thrown).detail)
    }
    setBusy(false)
  }
  return (
    <form
      noValidate
      className="flex max-w-sm flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void enter()
      }}
    >
      <Heading className="text-24 font-semibold tracking-tight">{title}</Heading>
      <p className="text-14">To keep this private, enter the date of birth of the person whom the form is about.</p>
      {refusal && <Alert tone="danger">{refusal}</Alert>}
      <DateField label="Date of birth" required autoFocus value={born} onChange={setBorn} />
      <div>
        <Button variant="primary" type="submit" busy={isBusy}>
          Continue
        </Button>
      </div>
    </form>
  )
}
