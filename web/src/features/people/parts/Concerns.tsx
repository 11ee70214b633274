import type { ReactNode } from 'react'
import { useMe } from '@/api/me'
import { formatTime } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import type { Person } from '../queries'
import { useAccountActions } from '../use-account-actions'
import { concerns, type Attention } from '../words'

type ConcernsProps = { person: Person; onDetails: () => void; onRoles: () => void; onSupervisor: () => void }

/** What stands in the way, each with the press that helps. */
export function Concerns({ person, onDetails, onRoles, onSupervisor }: ConcernsProps) {
  const { verify } = useAccountActions(person)
  const helps: Partial<Record<Attention, { label: string; run: () => void; busy?: boolean }>> = {
    email_unverified: { label: 'Send confirmation', ...verify },
    no_role: { label: 'Choose roles', run: onRoles },
    no_supervisor: { label: 'Assign a supervisor', run: onSupervisor },
    license_expired: { label: 'Enter license', run: onDetails },
    license_missing: { label: 'Enter license', run: onDetails },
    license_expiring: { label: 'Enter license', run: onDetails },
  }
  const standing = useStanding(person)
  if (!standing && person.attention.length === 0) return null
  return (
    <ul aria-label="To see to" className="flex flex-col gap-2 pb-4">
      {standing && <li>{standing}</li>}
      {person.attention.map((what) => {
        const { label, tone, sentence } = concerns[what]
        const help = helps[what]
        return (
          <li key={what}>
            <Alert
              tone={tone === 'red' ? 'warning' : 'info'}
              title={label}
              action={
                help && (
                  <Button size="sm" busy={help.busy ?? false} onPress={help.run}>
                    {help.label}
                  </Button>
                )
              }
            >
              {sentence}
            </Alert>
          </li>
        )
      })}
    </ul>
  )
}

/** What the account's own state asks for. */
function useStanding(person: Person): ReactNode {
  const zone = useMe().practice.timezone
  const { unlock, invite, reactivate } = useAccountActions(person)
  const button = (label: string, { run, busy }: { run: () => void; busy: boolean }) => (
    <Button size="sm" busy={busy} onPress={run}>
      {label}
    </Button>
  )
  switch (person.status) {
    case 'locked':
      return (
        <Alert tone="warning" title="Locked" action={button('Unlock now', unlock)}>
          Too many wrong passwords or codes. It opens by itself{person.locked_until ? ` at ${formatTime(person.locked_until, zone)}` : ''}. Ask them whether it was them.
        </Alert>
      )
    case 'invited':
      return (
        <Alert title="Invited" action={button('Send again', invite)}>
          They have not set their account up yet. A new invitation makes the one before useless.
        </Alert>
      )
    case 'no_account':
      return (
        <Alert title="No account" action={button('Send invitation', invite)}>
          They are named in the practice’s records and cannot sign in. With an e-mail address and a role you can invite them.
        </Alert>
      )
    case 'deactivated':
      return (
        <Alert title="Deactivated" action={button('Reactivate', reactivate)}>
          They cannot sign in. Reactivated, they have the roles they had; supervision has to be assigned anew.
        </Alert>
      )
    default:
      return null
  }
}
