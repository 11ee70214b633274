import { useSuspenseQuery } from '@tanstack/react-query'
import { Laptop } from 'lucide-react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatNear } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { devicesQuery } from '../queries'
import { Here, Row } from './Row'

/** Sessions that rest on a trusted browser end with its trust, this one too: sign-in then shows, and says so. */
const stale = { invalidates: ['/api/account/devices' as const, '/api/account/sessions' as const, '/api/account' as const] }

/** Browsers that stand for the second factor, for 30 days. */
export function TrustedBrowsers() {
  const devices = useSuspenseQuery(devicesQuery()).data
  const { timezone } = useMe().practice
  const failed = { onError: (error: { detail: string }) => toast({ message: `Still trusted: ${error.detail}`, tone: 'danger' as const }) }
  const forget = useApiMutation('delete', '/api/account/devices/{device_id}', { ...stale, ...failed, onSuccess: () => toast({ message: 'Trust taken back. The second factor is asked for there again.' }) })
  const forgetAll = useApiMutation('delete', '/api/account/devices', { ...stale, ...failed, onSuccess: () => toast({ message: 'No browser is trusted any more.' }) })
  return (
    <Section
      title="Trusted browsers"
      flush
      aside={
        devices.length > 1 && (
          <Button variant="quiet" size="sm" busy={forgetAll.isPending} onPress={() => forgetAll.mutate({})}>
            Trust none
          </Button>
        )
      }
    >
      {devices.length === 0 ? (
        <p className="px-4 py-3 text-14 text-muted">None: your second factor is asked for at every sign-in. To trust a browser for 30 days, say so when you give the code.</p>
      ) : (
        <ul className="divide-y divide-line">
          {devices.map(({ id, name, is_current: isHere, ip_address: address, last_used_at: used, expires_at: end }) => (
            <li key={id}>
              <Row
                icon={Laptop}
                title={name}
                mark={isHere && <Here>This browser</Here>}
                detail={`Trusted until ${formatNear(end, timezone)}. Last used ${formatNear(used, timezone)}${address ? ` from ${address}` : ''}.`}
              >
                <Button variant="quiet" aria-label={`Stop trusting ${name}`} busy={forget.isPending && forget.variables.params.path.device_id === id} onPress={() => forget.mutate({ params: { path: { device_id: id } } })}>
                  Stop trusting
                </Button>
              </Row>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
