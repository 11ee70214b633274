import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { http } from '@/api/client'
import { useApiMutation } from '@/api/queries'
import { addDays, formatMoment, today, toInstant } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DateField } from '@/ui/DateField'
import { Dialog } from '@/ui/Dialog'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/toast-queue'
import { inPath } from '../forms/incident-change'
import type { Incident } from '../incident-words'
import { extractsQuery, staffQuery } from '../queries'
import { download } from './download'

const EVERYBODY = 'everybody'
const ANY = 'any'
const actions = [
  { id: ANY, label: 'Every action' },
  { id: 'PHI_ACCESS', label: 'Reads of health information' },
  { id: 'DATA_MODIFICATION', label: 'Changes' },
  { id: 'AUTHENTICATION', label: 'Sign-ins' },
  { id: 'REFUSED', label: 'Refusals' },
  { id: 'ADMIN_ACTION', label: 'Administration' },
] as const
type Action = (typeof actions)[number]['id']

/** Extracts of the audit trail as they were when somebody took them, with the hash that shows it. */
export function Extracts({ incident, zone }: { incident: Incident; zone: string }) {
  const [taking, take] = useState(false)
  const { data: extracts = [], error } = useQuery(extractsQuery(incident.id))
  const fetchOne = useMutation({
    mutationFn: async (extractId: string) => {
      const { data } = await http.GET('/api/operations/incident-extracts/{incident_extract_id}', { params: { path: { incident_extract_id: extractId } }, parseAs: 'text' })
      return data as unknown as string
    },
    onSuccess: (text) => download(text, `${incident.number}-extract.csv`),
  })
  const refusal = error?.detail ?? fetchOne.error?.message
  return (
    <Section
      title="Extracts of the trail"
      aside={
        incident.status === 'closed' ? undefined : (
          <Button size="sm" onPress={() => take(true)}>
            Take one
          </Button>
        )
      }
    >
      {refusal && <Alert tone="danger">{refusal}</Alert>}
      {extracts.length === 0 && <p className="text-13 text-muted">None. One keeps what the audit trail says now, with a hash, whatever becomes of it.</p>}
      <ul className="flex flex-col gap-2 text-13">
        {extracts.map((one) => (
          <li key={one.id}>
            <p>
              {one.lines.toLocaleString('en-US')} lines about {one.clients.toLocaleString('en-US')} clients
            </p>
            <p className="text-muted">
              {one.taken_by}, {formatMoment(one.created_at, zone)}
            </p>
            <p className="font-mono text-12 break-all text-muted" title={one.sha256}>
              SHA-256 {one.sha256.slice(0, 16)}…
            </p>
            <Button size="sm" busy={fetchOne.isPending} onPress={() => fetchOne.mutate(one.id)}>
              Download<span className="sr-only"> the extract of {formatMoment(one.created_at, zone)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {taking && <TakeDialog incident={incident} zone={zone} onClose={() => take(false)} />}
    </Section>
  )
}

function TakeDialog({ incident, zone, onClose }: { incident: Incident; zone: string; onClose: () => void }) {
  const { data: staff = [] } = useQuery(staffQuery())
  const [person, choose] = useState(EVERYBODY)
  const [action, act] = useState<Action>(ANY)
  const [from, setFrom] = useState<string | null>(addDays(today(zone), -1))
  const [until, setUntil] = useState<string | null>(today(zone))
  const take = useApiMutation('post', '/api/operations/incidents/{operations_incident_id}/extracts', {
    invalidates: ['/api/operations/incidents/{operations_incident_id}/extracts', '/api/operations/incidents/{operations_incident_id}'],
    onSuccess: () => {
      toast({ message: 'The extract is kept' })
      onClose()
    },
  })
  const body = from && until ? { since: toInstant(from, '00:00', zone), until: toInstant(addDays(until, 1), '00:00', zone), persons: person === EVERYBODY ? [] : [person], clients: [], action: action === ANY ? ('' as const) : action } : null
  return (
    <Dialog
      title="Take an extract of the trail"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" busy={take.isPending} disabledReason={body ? null : 'Enter both days.'} onPress={() => body && take.mutate({ ...inPath(incident), body })}>
            Keep it
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {take.error && <Alert tone="danger">{take.error.detail}</Alert>}
        <p className="text-13 text-muted">At most 50,000 lines. That you took it is written down, as a read of everybody it names.</p>
        <Select label="By whom" options={[{ id: EVERYBODY, label: 'Everybody' }, ...staff.map(({ id, name }) => ({ id, label: name }))]} value={person} onChange={choose} />
        <Select label="What" options={actions} value={action} onChange={act} />
        <div className="flex flex-wrap gap-3">
          <DateField label="First day" value={from} onChange={setFrom} className="w-44" error={take.error?.fields.since?.[0]} />
          <DateField label="Last day" value={until} onChange={setUntil} className="w-44" error={take.error?.fields.until?.[0]} />
        </div>
      </div>
    </Dialog>
  )
}
