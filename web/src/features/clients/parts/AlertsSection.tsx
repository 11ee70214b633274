import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useIsEmergency } from '@/api/emergency'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { alertLook } from '@/lib/looks'
import { Button } from '@/ui/Button'
import { Flag } from '@/ui/Flag'
import { IconButton } from '@/ui/IconButton'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import type { AlertKind } from '../alert-kinds'
import { raisesAlerts } from '../can'
import { AlertPanel } from '../forms/AlertPanel'
import { keepClient } from '../queries'

type Client = Schema<'ClientOut'>

/** Ends an alert at once; Undo raises it again, in the same words. */
function useEndAlert(client: Client) {
  const params = { path: { client_id: client.id } }
  const refused = ({ detail }: { detail: string }) => toast({ message: detail, tone: 'danger' })
  const again = useApiMutation('post', '/api/clients/{client_id}/alerts', { invalidates: ['/api/clients/{client_id}/timeline'], onSuccess: keepClient, onError: refused })
  const end = useApiMutation('delete', '/api/clients/{client_id}/alerts/{alert_id}', { invalidates: ['/api/clients/{client_id}/timeline'], onSuccess: keepClient, onError: refused })
  return {
    endingId: end.isPending ? end.variables.params.path.alert_id : null,
    end: ({ id, kind, text }: Client['alerts'][number]) =>
      end.mutate(
        { params: { path: { ...params.path, alert_id: id } } },
        { onSuccess: () => toast({ message: `${alertLook(kind).label} alert ended`, undo: () => again.mutate({ params, body: { kind: kind as AlertKind, text } }) }) },
      ),
  }
}

export function AlertsSection({ client }: { client: Client }) {
  const me = useMe()
  const mayRaise = raisesAlerts(me, client, useIsEmergency(client.id))
  const [isRaising, setRaising] = useState(false)
  const { end, endingId } = useEndAlert(client)
  return (
    <Section
      title="Alerts"
      aside={
        mayRaise && (
          <Button size="sm" variant="quiet" icon={Plus} className="-mr-2.5" onPress={() => setRaising(true)}>
            Raise alert
          </Button>
        )
      }
    >
      {client.alerts.length === 0 ? (
        <p className="text-13 text-muted">No alerts.{mayRaise && ' Raise one for what everybody who opens this chart must see.'}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {client.alerts.map((alert) => (
            <li key={alert.id} className="flex items-start justify-between gap-2">
              <Flag {...alertLook(alert.kind)} whole>
                {alert.text}
              </Flag>
              {mayRaise && <IconButton icon={X} size="sm" label={`End alert: ${alertLook(alert.kind).label}, ${alert.text}`} busy={endingId === alert.id} onPress={() => end(alert)} placement="left" className="-my-1 -mr-2 shrink-0" />}
            </li>
          ))}
        </ul>
      )}
      <AlertPanel clientId={client.id} open={isRaising} onClose={() => setRaising(false)} />
    </Section>
  )
}
