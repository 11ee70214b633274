import { Globe, GlobeLock } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { keepsOutside } from '../can'
import { SayDialog } from '../forms/SayDialog'

type Client = Schema<'ClientOut'>

/** Whether the client's own account sees anything; turning it off cuts it off at once. */
export function PortalSection({ client, portal }: { client: Client; portal: Schema<'PortalOut'> }) {
  const me = useMe()
  const [isClosing, setClosing] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const params = { path: { client_id: client.id } }
  const turn = useApiMutation('put', '/api/clients/{client_id}/portal', {
    invalidates: ['/api/clients/{client_id}/authority'],
    onSuccess: ({ portal: { enabled } }) => {
      setClosing(false)
      toast({ message: enabled ? 'Portal turned on' : 'Portal turned off: the client is signed out and sees nothing any more' })
    },
    onError: ({ detail }) => (isClosing ? setRefusal(detail) : toast({ message: detail, tone: 'danger' })),
  })
  const since = portal.since && `Since ${formatMoment(portal.since, me.practice.timezone)}, by ${portal.changed_by}.`
  return (
    <Section
      title="Portal"
      aside={
        keepsOutside(me, client) &&
        portal.has_account &&
        (portal.enabled ? (
          <Button size="sm" variant="quiet" className="-mr-2.5" onPress={() => setClosing(true)}>
            Turn off
          </Button>
        ) : (
          <Button size="sm" variant="quiet" className="-mr-2.5" busy={turn.isPending} onPress={() => turn.mutate({ params, body: { enabled: true, reason: '' } })}>
            Turn on
          </Button>
        ))
      }
    >
      {portal.has_account ? (
        <div className="flex flex-col items-start gap-1.5">
          {portal.enabled ? <StatusBadge size="sm" tone="green" icon={Globe} label="On" /> : <StatusBadge size="sm" tone="grey" icon={GlobeLock} label="Off" />}
          <p className="text-13 text-muted">
            {portal.enabled ? 'The client sees what is theirs.' : 'The client sees nothing.'} {since}
          </p>
          {portal.reason && <p className="text-13 break-words">{portal.reason}</p>}
        </div>
      ) : (
        <p className="text-13 text-muted">This client has no account for the portal.</p>
      )}
      {isClosing && (
        <SayDialog
          title="Turn the portal off"
          label="Reason"
          hint="Kept in the chart, for whoever is asked about it."
          action="Turn portal off"
          danger
          keep="Leave it on"
          busy={turn.isPending}
          refusal={refusal}
          onSay={(reason) => turn.mutate({ params, body: { enabled: false, reason } })}
          onClose={() => setClosing(false)}
        >
          {client.name} is signed out at once and sees nothing until the portal is turned on again. Guardians are not affected.
        </SayDialog>
      )}
    </Section>
  )
}
