import { useMe } from '@/api/me'
import { formatMoment, formatPlainDate } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { DescriptionList } from '@/ui/DescriptionList'
import { Section } from '@/ui/Section'
import type { Person } from '../queries'
import { useAccountActions } from '../use-account-actions'
import { factorWords } from '../words'

/** How the account stands. Nobody sees or sets a password here. */
export function AccountSection({ person }: { person: Person }) {
  const zone = useMe().practice.timezone
  const { reset } = useAccountActions(person)
  const canReset = person.status === 'active' || person.status === 'locked'
  const moment = (at: string | null, none: string) => (at ? formatMoment(at, zone) : <span className="text-muted">{none}</span>)
  return (
    <Section title="Account">
      <DescriptionList
        items={[
          { term: 'Signs in with', value: <span className="break-all">{person.email || <span className="text-muted">No address yet</span>}</span> },
          { term: 'Confirmed', value: person.is_verified ? 'Yes' : <span className="text-muted">Not yet</span> },
          { term: 'Second factor', value: factorWords(person.factors) },
          { term: 'Last sign-in', value: moment(person.last_sign_in, 'Never') },
          { term: 'Open now', value: person.open_sessions === 0 ? 'Nowhere' : person.open_sessions === 1 ? 'In one browser' : `In ${person.open_sessions} browsers` },
          { term: 'Here since', value: formatPlainDate(person.created_at) },
          ...(person.deactivated_at ? [{ term: 'Deactivated', value: moment(person.deactivated_at, '') }] : []),
        ]}
      />
      {canReset && (
        <Button size="sm" className="mt-4" busy={reset.busy} onPress={reset.run}>
          Send a link to set a new password
        </Button>
      )}
    </Section>
  )
}
