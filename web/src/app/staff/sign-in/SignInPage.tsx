import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { hasAuthenticator, signInStatus, type SignInStep } from '@/api/auth'
import type { SignOutReason } from '@/api/session'
import { ownPath, paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { PasswordStep } from './PasswordStep'
import { SecondFactorStep } from './SecondFactorStep'
import { SignInFrame } from './SignInFrame'

/** Not asked after an idle end: the server may still be closing that sign-in, and must not lead straight back in. */
const statusQuery = { queryKey: ['sign-in'], queryFn: signInStatus, staleTime: 0, gcTime: 0, retry: false }

type Arrival = { from?: unknown; reason?: SignOutReason; /** From set-up: who one is now. */ email?: string; isSetUp?: boolean } | null

/** Password, then the second factor, then back to the page one came from. */
export function SignInPage() {
  const arrival = useLocation().state as Arrival
  const navigate = useNavigate()
  const queries = useQueryClient()
  const from = ownPath(arrival?.from)
  const status = useQuery<SignInStep>({ ...statusQuery, enabled: arrival?.reason !== 'idle' })
  const enter = useMutation({ mutationFn: hasAuthenticator, onSettled: (has) => navigate(has === false ? paths.enrol() : from, { replace: true, state: { from } }) })
  const passed = (step: SignInStep, usedSecondFactor: boolean) => {
    if (step !== 'done') queries.setQueryData(statusQuery.queryKey, step)
    else if (usedSecondFactor) void navigate(from, { replace: true })
    else enter.mutate()
  }
  useEffect(() => {
    document.title = 'Sign in – MentalSpace'
  }, [])

  if (status.data === 'done' && !enter.isPending) return <Navigate to={from} replace />
  if (status.data === 'second-factor') {
    return (
      <SignInFrame title="One more step">
        <SecondFactorStep onPassed={(step) => passed(step, true)} onBack={() => queries.setQueryData(statusQuery.queryKey, 'password')} />
      </SignInFrame>
    )
  }
  return (
    <SignInFrame title="Sign in" below="No account, or lost your authenticator? An administrator of your practice can help.">
      <div className="flex flex-col gap-4">
        {arrival?.isSetUp ? <Alert tone="success">Your practice is set up. Sign in with the password you chose.</Alert> : <WhyHere reason={arrival?.reason} />}
        {status.data === 'verify-email' && <Alert tone="warning">Confirm your e-mail address first: open the link we sent you, then sign in.</Alert>}
        {status.error?.isOffline && <Alert tone="danger">{status.error.detail}</Alert>}
        <PasswordStep firstEmail={arrival?.email} onPassed={(step) => passed(step, false)} entering={enter.isPending} />
      </div>
    </SignInFrame>
  )
}

function WhyHere({ reason }: { reason: SignOutReason | undefined }) {
  if (reason === 'idle') return <Alert title="Signed out to keep records private">Nothing happened here for 15 minutes. Sign in to return to your page; saved drafts are kept.</Alert>
  if (reason === 'expired') return <Alert>Your sign-in has ended. Sign in to return to your page.</Alert>
  if (reason === 'elsewhere') return <Alert>You signed out in another window of this browser.</Alert>
  return null
}
