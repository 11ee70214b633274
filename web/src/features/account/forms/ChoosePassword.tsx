import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { ApiError } from '@/api/errors'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { NewPasswordField } from '@/ui/NewPasswordField'
import { PasswordField } from '@/ui/PasswordField'
import { passwordRules, SHORTEST } from '../password-rules'

export type Chosen = { current: string; chosen: string }
type ChoosePasswordProps = {
  /** The address, for password managers to keep the password under. */
  email: string
  action: string
  busy: boolean
  error: ApiError | null
  onSubmit: (chosen: Chosen) => void
  /** Whoever is signed in gives the old one first. */
  asksCurrent?: boolean
  isFirst?: boolean
  /** More buttons beside the one that sends. */
  children?: ReactNode
}

/** Choosing a password, with its rules in sight and the server's answer at the field it is about. */
export function ChoosePassword({ email, action, busy, error, onSubmit, asksCurrent = false, isFirst = false, children }: ChoosePasswordProps) {
  const [given, setGiven] = useState<Chosen>({ current: '', chosen: '' })
  const [isTried, setTried] = useState(false)
  const currentInput = useRef<HTMLInputElement>(null)
  const chosenInput = useRef<HTMLInputElement>(null)
  const refused = { current: error?.fields.current_password?.[0], chosen: (error?.fields.new_password ?? error?.fields.password)?.join(' ') }
  const lacks = { current: asksCurrent && given.current === '', chosen: Array.from(given.chosen.normalize('NFKC')).length < SHORTEST }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (lacks.current) currentInput.current?.focus()
    else if (lacks.chosen) chosenInput.current?.focus()
    else onSubmit(given)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {error && !refused.current && !refused.chosen && <Alert tone="danger">{error.detail}</Alert>}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      {asksCurrent && (
        <PasswordField
          label="Current password"
          name="current"
          autoComplete="current-password"
          autoFocus
          inputRef={currentInput}
          value={given.current}
          onChange={(current) => setGiven({ ...given, current })}
          error={isTried && lacks.current ? 'Enter the password you have now.' : refused.current}
        />
      )}
      <NewPasswordField
        label={isFirst ? 'Password' : 'New password'}
        name="chosen"
        autoFocus={!asksCurrent}
        inputRef={chosenInput}
        value={given.chosen}
        onChange={(chosen) => setGiven({ ...given, chosen })}
        error={isTried && lacks.chosen ? `Use at least ${SHORTEST} characters.` : refused.chosen}
        shortest={SHORTEST}
        rules={passwordRules(isFirst)}
      />
      <div className="flex flex-col gap-2">
        <Button type="submit" variant="primary" size="lg" busy={busy}>
          {action}
        </Button>
        {children}
      </div>
    </form>
  )
}
