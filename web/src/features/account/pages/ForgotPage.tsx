import { useMutation } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { askForReset } from '@/api/links'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { EntryFrame } from '@/ui/EntryFrame'
import { Link } from '@/ui/Link'
import { LinkButton } from '@/ui/LinkButton'
import { TextField } from '@/ui/TextField'
import { useTitle } from '../use-title'

/** Asks for the link by mail. What it says afterwards is the same whether the address has an account or not. */
export function Component() {
  const [email, setEmail] = useState('')
  const [missing, setMissing] = useState(false)
  const ask = useMutation({ mutationFn: askForReset })
  useTitle('Forgot your password?')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(email.trim() === '')
    if (email.trim() !== '') ask.mutate(email.trim())
  }
  if (ask.isSuccess) return <Sent email={ask.variables} onAgain={() => ask.reset()} />
  return (
    <EntryFrame title="Forgot your password?" lead="We mail you a link to choose a new one. It works for an hour." below={<Link href={paths.signIn()}>Back to sign-in</Link>}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {ask.error && <Alert tone="danger">{ask.error.fields.email?.[0] ?? ask.error.detail}</Alert>}
        <TextField label="E-mail" type="email" name="email" autoComplete="username" autoFocus value={email} onChange={setEmail} error={missing && email === '' ? 'Enter your e-mail address.' : undefined} />
        <Button type="submit" variant="primary" size="lg" busy={ask.isPending}>
          Send the link
        </Button>
      </form>
    </EntryFrame>
  )
}

function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <EntryFrame title="Look into your mail" below="Nothing after a few minutes? Look among unwanted mail, check the address, or ask an administrator of your practice.">
      <div role="status" className="flex flex-col items-start gap-4">
        <MailCheck aria-hidden className="size-8 text-accent-text" strokeWidth={1.5} />
        <p>
          If <strong className="font-semibold break-all">{email}</strong> belongs to an account here, a link to choose a new password is on its way. It works once, for one hour.
        </p>
        <p className="text-14 text-muted">Your second factor stays as it is: you need it to sign in with the new password.</p>
        <div className="flex flex-wrap gap-2">
          <LinkButton href={paths.signIn()} variant="primary">
            Back to sign-in
          </LinkButton>
          <Button onPress={onAgain}>Use another address</Button>
        </div>
      </div>
    </EntryFrame>
  )
}
