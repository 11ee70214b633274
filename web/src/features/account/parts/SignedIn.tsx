import { useSuspenseQuery } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatNear } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { sessionsQuery } from '../queries'
import { Here, Row } from './Row'

const isPhone = (browser: string): boolean => /iPhone|iPad|Android/.test(browser)

/** Every browser in which one is signed in. The place is known by its address on the network alone: it is not looked up anywhere. */
export function SignedIn() {
  const sessions = useSuspenseQuery(sessionsQuery()).data
  const { timezone } = useMe().practice
  const [isAsking, setAsking] = useState(false)
  const invalidates = ['/api/account/sessions' as const]
  const end = useApiMutation('delete', '/api/account/sessions/{session_id}', {
    invalidates,
    onSuccess: () => toast({ message: 'Signed out there.' }),
    onError: (error) => toast({ message: `Still signed in there: ${error.detail}`, tone: 'danger' }),
  })
  const endOthers = useApiMutation('delete', '/api/account/sessions', {
    invalidates,
    onSuccess: ({ ended }) => {
      setAsking(false)
      toast({ message: `Signed out at ${ended} other ${ended === 1 ? 'place' : 'places'}.` })
    },
  })
  return (
    <Section
      title="Where you are signed in"
      flush
      aside={
        sessions.length > 1 && (
          <Button variant="quiet" size="sm" onPress={() => setAsking(true)}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      <ul className="divide-y divide-line">
        {sessions.map(({ id, browser, ip_address: address, is_current: isHere, is_on_trusted_device: isTrusted, started_at: started, last_active_at: active }) => (
          <li key={id}>
            <Row
              icon={isPhone(browser) ? Smartphone : Monitor}
              title={browser}
              mark={isHere && <Here>This one</Here>}
              detail={`${isHere ? 'Active now' : `Last active ${formatNear(active, timezone)}`}${address ? `, from ${address}` : ''}. Signed in ${formatNear(started, timezone)}${isTrusted ? ', on a trusted browser' : ''}.`}
            >
              {!isHere && (
                <Button variant="quiet" aria-label={`Sign out ${browser}`} busy={end.isPending && end.variables.params.path.session_id === id} onPress={() => end.mutate({ params: { path: { session_id: id } } })}>
                  Sign out
                </Button>
              )}
            </Row>
          </li>
        ))}
      </ul>
      <ConfirmDialog title="Sign out everywhere else?" open={isAsking} onClose={() => setAsking(false)} action="Sign out everywhere else" busy={endOthers.isPending} error={endOthers.error?.detail} onConfirm={() => endOthers.mutate({})}>
        You stay signed in here. What is being written elsewhere is kept as far as it was saved.
      </ConfirmDialog>
    </Section>
  )
}
