import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { giveSecondFactor, signOut, type SignInStep } from '@/api/auth'
import type { ApiError } from '@/api/errors'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { TextField } from '@/ui/TextField'

type SecondFactorStepProps = { onPassed: (step: SignInStep) => void; onBack: () => void }

/** The authenticator's six digits, or one of the recovery codes. Six digits are sent as soon as they are there. */
export function SecondFactorStep({ onPassed, onBack }: SecondFactorStepProps) {
  const [code, setCode] = useState('')
  const [recovery, setRecovery] = useState(false)
  const [missing, setMissing] = useState<string>()
  const send = useMutation<SignInStep, ApiError, string>({
    mutationFn: giveSecondFactor,
    onSuccess: onPassed,
    onError: () => setCode(''),
  })
  const back = useMutation({ mutationFn: signOut, onSettled: onBack })
  const change = (text: string) => {
    setCode(text)
    setMissing(undefined)
    if (!recovery && /^\d{6}$/.test(text.replace(/\s/g, '')) && !send.isPending) send.mutate(text)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() === '') setMissing(recovery ? 'Enter a recovery code.' : 'Enter the six digits.')
    else send.mutate(code)
  }
  const swap = () => {
    setRecovery(!recovery)
    setCode('')
    send.reset()
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {send.error && <Alert tone="danger">{send.error.detail}</Alert>}
      <TextField
        key={recovery ? 'recovery' : 'app'}
        label={recovery ? 'Recovery code' : 'Code'}
        hint={recovery ? 'One of the codes you kept when you set up your authenticator. Each works once.' : 'Six digits from your authenticator app.'}
        name="code"
        autoFocus
        autoComplete="one-time-code"
        inputMode={recovery ? 'text' : 'numeric'}
        value={code}
        onChange={change}
        error={missing}
        inputClassName={recovery ? 'font-mono' : 'h-12 text-20 coarse:h-12 coarse:text-20 tracking-[0.35em] tabular text-center'}
      />
      <Button type="submit" variant="primary" size="lg" busy={send.isPending}>
        Continue
      </Button>
      <div className="flex justify-between gap-2 border-t border-line pt-3">
        <Button variant="quiet" size="sm" className="-ml-2.5" busy={back.isPending} onPress={() => back.mutate()}>
          Back
        </Button>
        <Button variant="quiet" size="sm" className="-mr-2.5 text-accent-text" onPress={swap}>
          {recovery ? 'Use the app instead' : 'Use a recovery code'}
        </Button>
      </div>
    </form>
  )
}
