import { KeyRound, UserRoundX } from 'lucide-react'
import { useState } from 'react'
import { roleName } from '@/lib/roles'
import { useApiMutation } from '@/api/queries'
import { Button } from '@/ui/Button'
import { Avatar } from '@/ui/Avatar'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { ReasonDialog } from '@/ui/ReasonDialog'
import { peopleReads, type Person } from '../queries'
import { statusLooks } from '../words'

/** Who this is, and what ends what they have open. */
export function PersonHeader({ person }: { person: Person }) {
  const { name, credentials, title, roles, status } = person
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pb-5">
      <div className="flex min-w-0 items-center gap-3.5">
        <Avatar name={name} size="lg" />
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 text-20 font-semibold tracking-tight break-words">
              {name}
              {credentials && <span className="font-normal text-muted">, {credentials}</span>}
            </h1>
            <StatusBadge {...statusLooks[status]} />
          </div>
          <p className="text-13 break-words text-muted">{[title, roles.map(roleName).join(', ')].filter(Boolean).join(' · ') || 'No role yet'}</p>
        </div>
      </div>
      <Actions person={person} />
    </header>
  )
}

type Asked = 'deactivation' | 'mfa-reset' | null

function Actions({ person }: { person: Person }) {
  const [asked, ask] = useState<Asked>(null)
  const close = () => ask(null)
  const done = (message: string) => ({
    invalidates: [...peopleReads],
    onSuccess: () => {
      toast({ message })
      close()
    },
  })
  const params = { path: { user_id: person.id } }
  const deactivate = useApiMutation('post', '/api/users/{user_id}/deactivation', done(`${person.name} is signed out everywhere and stays out`))
  const reset = useApiMutation('post', '/api/users/{user_id}/mfa-reset', done(`${person.name} sets up a second factor at the next sign-in`))
  const ownReason = person.is_me ? 'Ask another administrator to do this to your own account.' : null
  if (person.status === 'deactivated' || person.status === 'no_account') return null
  return (
    <div className="flex flex-wrap gap-2">
      {person.factors.length > 0 && (
        <Button icon={KeyRound} disabledReason={ownReason} onPress={() => ask('mfa-reset')}>
          Reset second factor
        </Button>
      )}
      <Button icon={UserRoundX} disabledReason={ownReason} onPress={() => ask('deactivation')}>
        Deactivate
      </Button>
      <ReasonDialog
        title={`Deactivate ${person.name}?`}
        open={asked === 'deactivation'}
        onClose={close}
        action="Deactivate account"
        busy={deactivate.isPending}
        error={deactivate.error?.detail ?? null}
        onConfirm={(reason) => deactivate.mutate({ params, body: { reason } })}
      >
        Every browser, trusted device and link of theirs ends at once, and nobody can sign in with this account. Supervision ends today. What they wrote stays theirs. You can let them back in.
      </ReasonDialog>
      <ReasonDialog
        title={`Reset ${person.name}’s second factor?`}
        open={asked === 'mfa-reset'}
        onClose={close}
        action="Reset second factor"
        busy={reset.isPending}
        error={reset.error?.detail ?? null}
        onConfirm={(reason) => reset.mutate({ params, body: { reason } })}
      >
        Make sure that it is really them who ask: call them back on a number you know. Their app, passkeys, recovery codes and trusted devices stop working, every session ends, and the next sign-in sets up a new one.
      </ReasonDialog>
    </div>
  )
}
