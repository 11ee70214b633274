import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { hasAuthenticator, signInStatus, type SignInStep } from '@/api/auth'
import { canUsePasskeys } from '@/api/passkey-support'
import type { SignOutReason } from '@/api/session'
import { ownPath, paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { EntryFrame } from '@/ui/EntryFrame'
import { Skeleton } from '@/ui/Skeleton'
import { PasskeyButton, usePasskey } from './PasskeyButton'
import { PasswordStep } from './PasswordStep'

/** Fetched while one types the password, so that the first page stands sooner. */
const loadSecondFactor = async () => ({ default: (await import('./SecondFactorStep')).SecondFactorStep })
const SecondFactorStep = lazy(loadSecondFactor)

/** Not asked after an idle end: the server may still be closing that sign-in, and must not lead straight back in. */
const statusQuery = { queryKey: ['sign-in'], queryFn: signInStatus, staleTime: 0, gcTime: 0, retry: false }

/** What the page one comes from has to say: who one is, and what has just been done. */
type Arrival = { from?: unknown; reason?: SignOutReason; email?: string; done?: keyof typeof news } | null

const news = {
  'set-up': 'Your practice is set up. Sign in with the password you chose.',
  'taken-up': 'Your account is ready. Sign in with the password you chose.',
  'new-password': 'Your new password is set, and you were signed out everywhere. Sign in with it; your second factor is the one you had.',
  confirmed: 'Your e-mail address is confirmed.',
}

/** Password, then the second factor, then back to the page one came from; or a passkey for both. */
export function SignInPage() {
  const arrival = useLocation().state as Arrival
  const navigate = useNavigate()
  const queries = useQueryClient()
  const from = ownPath(arrival?.from)
  const status = useQuery<SignInStep>({ ...statusQuery, enabled: arrival?.reason !== 'idle' })
  const enter = useMutation({ mutationFn: hasAuthenticator, onSettled: (has) => navigate(has === false ? paths.enrol() : from, { replace: true, state: { from } }) })
  const passed = (step: SignInStep, hasBoth = false) => {
    if (step !== 'done') queries.setQueryData(statusQuery.queryKey, step)
    else if (!hasBoth) enter.mutate()
    else void navigate(from, { replace: true })
  }
  const passkey = usePasskey('signInByPasskey', (step) => passed(step, true))
  useEffect(() => {
    document.title = 'Sign in – MentalSpace'
    void loadSecondFactor().catch(() => undefined)
  }, [])

  if (status.data === 'done' && !enter.isPending) return <Navigate to={from} replace />
  if (typeof status.data === 'object') {
    return (
      <EntryFrame title="One more step" lead="Your password was right. Records need a second proof that it is you.">
        <Suspense fallback={<Skeleton className="h-56 w-full" />}>
          <SecondFactorStep factors={status.data.factors} onPassed={(step) => passed(step, true)} onBack={() => queries.setQueryData(statusQuery.queryKey, 'password')} />
        </Suspense>
      </EntryFrame>
    )
  }
  return (
    <EntryFrame title="Sign in" below="No account yet, or lost your second factor? An administrator of your practice can help.">
      <div className="flex flex-col gap-4">
        {arrival?.done ? <Alert tone="success">{news[arrival.done]}</Alert> : <WhyHere reason={arrival?.reason} />}
        {status.data === 'verify-email' && <Alert tone="warning">Confirm your e-mail address first: open the link we sent you, then sign in.</Alert>}
        {status.error?.isOffline && <Alert tone="danger">{status.error.detail}</Alert>}
        <PasswordStep firstEmail={arrival?.email} onPassed={(step) => passed(step)} entering={enter.isPending} />
        {canUsePasskeys() && (
          <>
            <p aria-hidden className="flex items-center gap-3 text-12 text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
              or
            </p>
            {passkey.error && <Alert tone="danger">{passkey.error.detail}</Alert>}
            <PasskeyButton asking={passkey}>Sign in with a passkey</PasskeyButton>
          </>
        )}
      </div>
    </EntryFrame>
  )
}

function WhyHere({ reason }: { reason: SignOutReason | undefined }) {
  if (reason === 'idle') return <Alert title="Signed out to keep records private">Nothing happened here for 15 minutes. Sign in to return to your page; saved drafts are kept.</Alert>
  if (reason === 'expired') return <Alert>Your sign-in has ended. Sign in to return to your page.</Alert>
  if (reason === 'elsewhere') return <Alert>You signed out in another window of this browser.</Alert>
  return null
}
