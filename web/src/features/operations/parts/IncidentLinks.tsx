import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { formatNear } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { changed, inPath } from '../forms/incident-change'
import type { Incident, IncidentLink } from '../incident-words'
import { linkableQuery } from '../queries'

const ALERT = 'alert:'
const spaced = (kind: string) => kind.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase())
const addressOf = ({ kind, about, state }: IncidentLink) => (kind === 'security_incident' ? paths.incident(about) : state === 'resolved' ? paths.alertsTab('history') : paths.alerts())
const states: Record<string, string> = { open: 'nobody’s yet', acknowledged: 'taken on', resolved: 'over', investigating: 'being looked into' }

/** The alerts and security incidents it is about. */
export function IncidentLinks({ incident, zone }: { incident: Incident; zone: string }) {
  return (
    <Section title="About">
      {incident.links.length === 0 && <p className="pb-2 text-13 text-muted">No alert and no security incident.</p>}
      <ul className="flex flex-col gap-2 text-13">
        {incident.links.map((link) => (
          <li key={link.id}>
            <Link href={addressOf(link)}>{link.kind === 'alert' ? `Alert: ${link.title}` : spaced(link.title)}</Link>
            <p className="[overflow-wrap:anywhere]">{link.says}</p>
            <p className="text-muted">
              {formatNear(link.at, zone)}, {states[link.state] ?? link.state}
            </p>
          </li>
        ))}
      </ul>
      {incident.status !== 'closed' && <AddLink incident={incident} />}
    </Section>
  )
}

function AddLink({ incident }: { incident: Incident }) {
  const [chosen, choose] = useState<string | null>(null)
  const { data } = useQuery(linkableQuery())
  const added = changed(incident, 'Linked', () => choose(null))
  const add = useApiMutation('post', '/api/operations/incidents/{operations_incident_id}/links', { ...added, invalidates: [...added.invalidates, '/api/operations/incidents/linkable'] })
  const options = [
    ...(data?.alerts ?? []).map(({ id, title, says }) => ({ id: `${ALERT}${id}`, label: `Alert: ${title}`, detail: says })),
    ...(data?.security_incidents ?? []).map(({ id, title, says }) => ({ id, label: spaced(title), detail: says })),
  ]
  if (options.length === 0 && !add.error) return null
  const link = (one: string) => add.mutate({ ...inPath(incident), body: one.startsWith(ALERT) ? { alert_id: one.slice(ALERT.length) } : { security_incident_id: one } })
  return (
    <div className="mt-3 flex flex-col gap-2 border-t border-line pt-3">
      {add.error && <Alert tone="danger">{add.error.detail}</Alert>}
      <Select label="It is about this too" options={options} value={chosen} onChange={choose} placeholder="Choose" />
      <div>
        <Button size="sm" busy={add.isPending} disabledReason={chosen === null ? 'Choose what it is about.' : null} onPress={() => chosen && link(chosen)}>
          Link
        </Button>
      </div>
    </div>
  )
}
