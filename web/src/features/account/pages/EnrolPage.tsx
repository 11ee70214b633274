import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { addApp, addPasskey, factorsQuery, readRecoveryCodes } from '@/api/account'
import { canUsePasskeys } from '@/api/passkey-support'
import { ownPath } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { EntryFrame } from '@/ui/EntryFrame'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { KeyRound, Smartphone } from 'lucide-react'
import { ProofDialog } from '../parts/ProofDialog'
import { RecoveryCodes } from '../parts/RecoveryCodes'
import { ScanApp } from '../parts/ScanApp'
import { useProven } from '../use-proven'
import { useTitle } from '../use-title'

/** Staff sign in with two factors: whoever has none yet sets one up before the first page. */
export function Component() {
  const navigate = useNavigate()
  const from = ownPath((useLocation().state as { from?: unknown } | null)?.from)
  const factors = useQuery({ ...factorsQuery(), gcTime: 0, retry: false })
  const [codes, setCodes] = useState<string[]>()
  useTitle('Set up your second factor')
  const enter = () => void navigate(from, { replace: true })

  if (codes) {
    return (
      <EntryFrame title="Keep these codes" wide>
        <RecoveryCodes codes={codes} action="Go to MentalSpace" onDone={enter} />
      </EntryFrame>
    )
  }
  if (factors.data && (factors.data.app || factors.data.passkeys.length > 0)) return <Navigate to={from} replace />
  return (
    <EntryFrame title="Set up your second factor" lead="Clients’ records need more than a password: somebody who learns yours still gets nowhere.">
      {factors.error ? (
        <ErrorState title={factors.error.title} onRetry={() => void factors.refetch()} busy={factors.isFetching}>
          {factors.error.detail}
        </ErrorState>
      ) : factors.data ? (
        <Choice onAdded={(made) => (made.length > 0 ? setCodes(made) : enter())} />
      ) : (
        <Skeleton className="h-80 w-full" />
      )}
    </EntryFrame>
  )
}

/** Where passkeys work, either; elsewhere the app at once. */
function Choice({ onAdded }: { onAdded: (codes: string[]) => void }) {
  const [withApp, setWithApp] = useState(!canUsePasskeys())
  const app = useProven(async (code: string) => (await addApp(code), readRecoveryCodes()), { onSuccess: onAdded })
  const passkey = useProven(async () => (await addPasskey(''), readRecoveryCodes()), { onSuccess: onAdded })
  return (
    <>
      {withApp ? (
        <div className="flex flex-col gap-3">
          <ScanApp adding={app} action="Turn on" />
          {canUsePasskeys() && (
            <Button variant="quiet" size="sm" className="self-center text-accent-text" onPress={() => setWithApp(false)}>
              Use a passkey instead
            </Button>
          )}
        </div>
      ) : (
        <div className="flex flex-col gap-3">
          {passkey.error && <Alert tone="danger">{passkey.error.detail}</Alert>}
          <Way icon={KeyRound} title="A passkey" action="Make a passkey" isPrimary busy={passkey.isPending} onPress={() => passkey.run()}>
            Your device’s own fingerprint, face or PIN, or a security key. Nothing to type, and nothing that a false page could take from you.
          </Way>
          <Way icon={Smartphone} title="An authenticator app" action="Use an app" busy={false} onPress={() => setWithApp(true)}>
            Six digits from an app on your phone, new every 30 seconds. Works on every device.
          </Way>
        </div>
      )}
      <ProofDialog asked={app.proof ?? passkey.proof} />
    </>
  )
}

type WayProps = { icon: typeof KeyRound; title: string; action: string; isPrimary?: boolean; busy: boolean; onPress: () => void; children: string }

function Way({ icon: Icon, title, action, isPrimary = false, busy, onPress, children }: WayProps) {
  return (
    <section className="flex gap-3 rounded-panel border border-line p-4">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-accent-text" />
      <div className="flex flex-col items-start gap-1">
        <h2 className="text-14 font-semibold">{title}</h2>
        <p className="pb-2 text-13 text-muted">{children}</p>
        <Button variant={isPrimary ? 'primary' : 'secondary'} busy={busy} onPress={onPress}>
          {action}
        </Button>
      </div>
    </section>
  )
}
