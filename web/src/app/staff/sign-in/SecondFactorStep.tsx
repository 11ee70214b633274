import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import type { Factor } from '@/api/allauth'
import { giveSecondFactor, signOut, type GivenCode, type SignInStep } from '@/api/auth'
import { http } from '@/api/client'
import { asApiError, type ApiError } from '@/api/errors'
import { canUsePasskeys } from '@/api/passkey-support'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { PasskeyButton, usePasskey } from './PasskeyButton'

type SecondFactorStepProps = { factors: readonly Factor[]; onPassed: (step: SignInStep) => void; onBack: () => void }

const names: Record<Factor, string> = { totp: 'Use the app', webauthn: 'Use a passkey', recovery_codes: 'Use a recovery code' }
const order = ['totp', 'webauthn', 'recovery_codes'] as const

/** The authenticator's six digits, a passkey, or one of the recovery codes. Six digits are sent as soon as they are there. */
export function SecondFactorStep({ factors, onPassed, onBack }: SecondFactorStepProps) {
  const ways = order.filter((way) => factors.includes(way) && (way !== 'webauthn' || canUsePasskeys()))
  const [way, setWay] = useState<Factor>(ways[0] ?? 'totp')
  const [trust, setTrust] = useState(false)
  const back = useMutation({ mutationFn: signOut, onSettled: onBack })
  const passed = async (step: SignInStep) => {
    if (step === 'done' && trust) await trustThisBrowser()
    onPassed(step)
  }
  return (
    <div className="flex flex-col gap-4">
      <div>
        <Checkbox checked={trust} onChange={setTrust}>
          Trust this browser for 30 days
        </Checkbox>
        <p className="pl-6.5 text-12 text-muted">No second step here until then. Only on a device that nobody else uses.</p>
      </div>
      {way === 'webauthn' ? <ByPasskey onPassed={(step) => void passed(step)} /> : <ByCode key={way} isRecovery={way === 'recovery_codes'} onPassed={(step) => void passed(step)} />}
      <div className="flex flex-wrap justify-between gap-x-2 gap-y-1 border-t border-line pt-3">
        <Button variant="quiet" size="sm" className="-ml-2.5" busy={back.isPending} onPress={() => back.mutate()}>
          Back
        </Button>
        <div className="-mr-2.5 flex flex-wrap justify-end">
          {ways
            .filter((other) => other !== way)
            .map((other) => (
              <Button key={other} variant="quiet" size="sm" className="text-accent-text" onPress={() => setWay(other)}>
                {names[other]}
              </Button>
            ))}
        </div>
      </div>
    </div>
  )
}

function ByPasskey({ onPassed }: { onPassed: (step: SignInStep) => void }) {
  const asking = usePasskey('givePasskey', onPassed)
  return (
    <div className="flex flex-col gap-4">
      {asking.error && <Alert tone="danger">{asking.error.detail}</Alert>}
      <p className="text-14 text-muted">Your device asks for your finger, face or PIN, and nothing has to be typed.</p>
      <PasskeyButton asking={asking} variant="primary" autoFocus>
        Use your passkey
      </PasskeyButton>
    </div>
  )
}

function ByCode({ isRecovery, onPassed }: { isRecovery: boolean; onPassed: (step: SignInStep) => void }) {
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState<string>()
  const send = useMutation<SignInStep, ApiError, GivenCode>({ mutationFn: giveSecondFactor, onSuccess: onPassed, onError: () => setCode('') })
  const isOnItsWay = useRef(false)
  /** Once: whoever presses Enter after the sixth digit would have the code, used by then, counted as a wrong one. */
  const give = (text: string) => {
    if (isOnItsWay.current) return
    isOnItsWay.current = true
    send.mutate({ code: text, isRecovery }, { onError: () => (isOnItsWay.current = false) })
  }
  const change = (text: string) => {
    setCode(text)
    setMissing(undefined)
    if (!isRecovery && /^\d{6}$/.test(text.replace(/\s/g, ''))) give(text)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() === '') setMissing(isRecovery ? 'Enter a recovery code.' : 'Enter the six digits.')
    else give(code)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {send.error && <Alert tone="danger">{send.error.detail}</Alert>}
      <TextField
        label={isRecovery ? 'Recovery code' : 'Code'}
        hint={isRecovery ? 'One of the codes you kept when you set up your second factor. Each works once.' : 'Six digits from your authenticator app.'}
        name="code"
        autoFocus
        autoComplete={isRecovery ? 'off' : 'one-time-code'}
        inputMode={isRecovery ? 'text' : 'numeric'}
        value={code}
        onChange={change}
        error={missing}
        inputClassName={isRecovery ? 'font-mono' : 'h-12 text-20 coarse:h-12 coarse:text-20 tracking-[0.35em] tabular text-center'}
      />
      <Button type="submit" variant="primary" size="lg" busy={send.isPending}>
        Continue
      </Button>
    </form>
  )
}

/** One is in either way; when it fails, the next sign-in here only asks for the second factor again. */
async function trustThisBrowser(): Promise<void> {
  await http.POST('/api/account/devices', { body: { name: '' } }).catch((error: unknown) => toast({ message: `This browser is not trusted yet: ${asApiError(error).detail}`, tone: 'danger' }))
}
