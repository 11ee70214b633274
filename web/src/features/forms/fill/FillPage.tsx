import { useEffect, useRef, useState } from 'react'
import { BirthForm, type Opened } from './BirthForm'
import { isToFill, type ByLink } from './link'
import { LinkFilling } from './LinkFilling'

/** The page behind a link to a form: a date of birth first, then the questions, then thanks. */
export function FillPage({ token }: { token: string }) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const [done, setDone] = useState<ByLink | null>(null)
  const form = done ?? opened
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col gap-6 px-6 py-8 phone:px-4 phone:py-6">
      {form === null || opened === null ? <BirthForm token={token} title="A form to fill in" onOpened={setOpened} /> : isToFill(form) ? <LinkFilling token={token} form={form} proof={opened.proof} onDone={setDone} /> : <Done form={form} />}
    </main>
  )
}

const said: Partial<Record<ByLink['status'], string>> = {
  submitted: 'Your answers have arrived. The practice looks at them, and gets in touch if something is to be changed. You can close this page.',
  withdrawn: 'The practice has taken this form back. There is nothing more to do.',
}

function Done({ form: { practice, phone, title, status } }: { form: ByLink }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="text-24 font-semibold tracking-tight outline-none">
        {status === 'submitted' ? 'Thank you' : title}
      </h1>
      <p className="text-14">{said[status] ?? 'This form has been looked at. There is nothing more to do.'}</p>
      <p className="text-13 text-muted">
        {practice}
        {phone && `, ${phone}`}
      </p>
    </>
  )
}
