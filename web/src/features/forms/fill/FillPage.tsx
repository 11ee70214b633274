import { useEffect, useRef, useState } from 'react'
import { asApiError } from '@/api/errors'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { BirthForm, type Opened } from './BirthForm'
import { goOn, isToFill, type ByLink, type Next } from './link'
import { LinkFilling } from './LinkFilling'

/** The page behind a link to a form: a date of birth first, then the questions, then thanks or the packet's next form. */
export function FillPage({ token: first }: { token: string }) {
  const [token, setToken] = useState(first)
  const [opened, setOpened] = useState<Opened | null>(null)
  const [done, setDone] = useState<ByLink | null>(null)
  const form = done ?? opened
  const next = async (following: Next) => {
    const filled = await goOn(following)
    setToken(following.token)
    setDone(null)
    setOpened(filled)
  }
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col gap-6 px-6 py-8 phone:px-4 phone:py-6">
      {form === null || opened === null ? <BirthForm token={token} title="A form to fill in" onOpened={setOpened} /> : isToFill(form) ? <LinkFilling key={token} token={token} form={form} proof={opened.proof} onDone={setDone} /> : <Done form={form} onNext={next} />}
    </main>
  )
}

const said: Partial<Record<ByLink['status'], string>> = {
  submitted: 'Your answers have arrived. The practice looks at them, and gets in touch if something is to be changed. You can close this page.',
  withdrawn: 'The practice has taken this form back. There is nothing more to do.',
}

function Done({ form, onNext }: { form: ByLink; onNext: (next: Next) => Promise<void> }) {
  const { practice, phone, title, status, next } = form
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="text-24 font-semibold tracking-tight outline-none">
        {status === 'submitted' ? 'Thank you' : title}
      </h1>
      {next ? <GoOn next={next} onNext={onNext} /> : <p className="text-14">{said[status] ?? 'This form has been looked at. There is nothing more to do.'}</p>}
      <p className="text-13 text-muted">
        {practice}
        {phone && `, ${phone}`}
      </p>
    </>
  )
}

/** There is more of the packet: now, or later by the same message. */
function GoOn({ next, onNext }: { next: Next; onNext: (next: Next) => Promise<void> }) {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState('')
  const go = () => {
    setBusy(true)
    onNext(next).catch((thrown: unknown) => {
      setBusy(false)
      setError(asApiError(thrown).detail)
    })
  }
  return (
    <>
      <p className="text-14">
        This form has arrived. Next is {next.title}
        {next.packet && `, form ${next.packet.place} of ${next.packet.total}`}. You can also stop here and come back by the same message.
      </p>
      {error && <Alert tone="danger">{error}</Alert>}
      <div>
        <Button variant="primary" busy={isBusy} onPress={go}>
          Go on
        </Button>
      </div>
    </>
  )
}
