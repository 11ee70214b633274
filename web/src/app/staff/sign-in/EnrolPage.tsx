import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { addAuthenticator, confirmCode, confirmPassword, offerAuthenticator, recoveryCodes, type AuthenticatorOffer } from '@/api/auth'
import type { ApiError } from '@/api/errors'
import { ownPath, paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { TextField, type TextFieldProps } from '@/ui/TextField'
import { OneFieldForm } from './OneFieldForm'
import { QrCode } from './QrCode'
import { RecoveryCodes } from './RecoveryCodes'
import { SignInFrame } from './SignInFrame'

/** Staff sign in with two factors: whoever has no authenticator yet sets one up before the first page. */
export function Component() {
  const navigate = useNavigate()
  const from = ownPath((useLocation().state as { from?: unknown } | null)?.from)
  const offer = useQuery<AuthenticatorOffer>({ queryKey: ['authenticator-offer'], queryFn: offerAuthenticator, staleTime: Infinity, gcTime: 0, retry: false })
  const [codes, setCodes] = useState<string[]>()
  // The code that was given before the server wanted the password again.
  const [given, setGiven] = useState<string>()
  const add = useMutation<string[], ApiError, string>({ mutationFn: turnOn, onSuccess: setCodes, onError: ({ status }, code) => status === 401 && setGiven(code) })
  const prove = useMutation({ mutationFn: confirmCode, onSuccess: () => navigate(from, { replace: true }) })
  const confirm = useMutation({
    mutationFn: confirmPassword,
    onSuccess: () => {
      setGiven(undefined)
      if (given === undefined) void offer.refetch()
      else add.mutate(given)
    },
  })

  if (codes) {
    return (
      <SignInFrame title="Keep these codes">
        <RecoveryCodes codes={codes} onDone={() => void navigate(from, { replace: true })} />
      </SignInFrame>
    )
  }
  if (offer.error) {
    if (offer.error.status === 401 || offer.error.status === 410) return <Navigate to={paths.signIn()} replace state={{ from }} />
    return (
      <SignInFrame title="Set up your authenticator">
        <ErrorState title={offer.error.title} onRetry={() => void offer.refetch()} busy={offer.isFetching}>
          {offer.error.detail}
        </ErrorState>
      </SignInFrame>
    )
  }
  if (offer.data === 'already-on') {
    return (
      <SignInFrame title="One more step">
        <OneFieldForm action="Continue" missing="Enter the six digits." mutation={prove} field={(bound) => <CodeField {...bound} autoFocus />} />
      </SignInFrame>
    )
  }
  if (offer.data === 'confirm-password' || given !== undefined) {
    return (
      <SignInFrame title="Your password, once more">
        <OneFieldForm
          lead="Before an authenticator is added, we make sure it is you."
          action="Continue"
          missing="Enter your password."
          mutation={confirm}
          field={(bound) => <TextField label="Password" type="password" name="password" autoComplete="current-password" autoFocus {...bound} />}
        />
      </SignInFrame>
    )
  }
  return (
    <SignInFrame title="Set up your authenticator">
      {offer.data ? <Scan offer={offer.data} add={add} /> : <Skeleton className="h-80 w-full" />}
    </SignInFrame>
  )
}

/** The password alone opened this sign-in; the same code, given as proof, makes it one of two factors. */
async function turnOn(code: string): Promise<string[]> {
  await addAuthenticator(code)
  await confirmCode(code)
  return recoveryCodes()
}

type CodeFieldProps = Pick<TextFieldProps, 'value' | 'onChange' | 'error' | 'autoFocus'>

function CodeField(props: CodeFieldProps) {
  return <TextField label="Code" name="code" hint="Six digits from your authenticator app." autoComplete="one-time-code" inputMode="numeric" inputClassName="tabular tracking-[0.2em]" {...props} />
}

type ScanProps = { offer: { secret: string; url: string }; add: Parameters<typeof OneFieldForm>[0]['mutation'] }

function Scan({ offer, add }: ScanProps) {
  const [byHand, setByHand] = useState(false)
  return (
    <div className="flex flex-col gap-4">
      <p className="text-14 text-muted">Clients' records need a second factor besides your password. Scan this with an authenticator app, then enter the six digits it shows.</p>
      <QrCode text={offer.url} label="QR code for your authenticator app" />
      {byHand ? (
        <Alert title="Enter this key in the app">
          <code className="font-mono text-13 break-all select-all">{offer.secret.replace(/(.{4})/g, '$1 ')}</code>
        </Alert>
      ) : (
        <Button variant="quiet" size="sm" className="self-center text-accent-text" onPress={() => setByHand(true)}>
          I cannot scan it
        </Button>
      )}
      <OneFieldForm
        action="Turn on"
        missing="Enter the six digits."
        mutation={add}
        field={(bound) => <CodeField {...bound} />}
      />
    </div>
  )
}
