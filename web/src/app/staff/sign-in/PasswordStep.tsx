import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { signIn, type SignInStep } from '@/api/auth'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Link } from '@/ui/Link'
import { PasswordField } from '@/ui/PasswordField'
import { TextField } from '@/ui/TextField'

type PasswordStepProps = { /** Already known: after set-up, from a mailed link. */ firstEmail?: string | undefined; onPassed: (step: SignInStep) => void; /** Passed, and the first page is on its way. */ entering: boolean }

export function PasswordStep({ firstEmail = '', onPassed, entering }: PasswordStepProps) {
  const [email, setEmail] = useState(firstEmail)
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({})
  const emailInput = useRef<HTMLInputElement>(null)
  const passwordInput = useRef<HTMLInputElement>(null)
  const send = useMutation<SignInStep>({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: onPassed,
    onError: () => passwordInput.current?.select(),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const gaps = { ...(email.trim() === '' && { email: 'Enter your e-mail address.' }), ...(password === '' && { password: 'Enter your password.' }) }
    setMissing(gaps)
    if (gaps.email) emailInput.current?.focus()
    else if (gaps.password) passwordInput.current?.focus()
    else send.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {send.error && <Alert tone="danger">{send.error.detail}</Alert>}
      <TextField label="E-mail" type="email" name="email" autoComplete="username" autoFocus={firstEmail === ''} inputRef={emailInput} value={email} onChange={setEmail} error={missing.email} />
      <PasswordField label="Password" name="password" autoComplete="current-password" autoFocus={firstEmail !== ''} inputRef={passwordInput} value={password} onChange={setPassword} error={missing.password} />
      <Link href={paths.forgot()} className="self-start text-13">
        Forgot your password?
      </Link>
      <Button type="submit" variant="primary" size="lg" busy={send.isPending || entering} className="mt-1">
        Sign in
      </Button>
    </form>
  )
}
