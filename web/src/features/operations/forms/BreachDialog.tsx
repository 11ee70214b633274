import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queryClient, useApiMutation } from '@/api/queries'
import { addDays, localDate, localTime, today, toInstant } from '@/lib/dates'
import { DateField } from '@/ui/DateField'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { TimeField } from '@/ui/TimeField'
import { toast } from '@/ui/toast-queue'
import type { Breach, Incident } from '../incident-words'
import { breachQuery, staffQuery } from '../queries'
import { ChangeDialog } from './ChangeDialog'
import { inPath } from './incident-change'

const EVERYBODY = 'everybody'
const parted = (text: string) => text.split(/[\s,;]+/).filter(Boolean)
const listOf = (search: Breach['search'] | undefined, name: string): string[] => (Array.isArray(search?.[name]) ? (search[name] as string[]) : [])

/** When it was discovered, and what the trail is asked: the list of who is affected is made of the answer. */
export function BreachDialog({ incident, found, zone, onClose }: { incident: Incident; found: Breach | null; zone: string; onClose: () => void }) {
  const { data: staff = [] } = useQuery(staffQuery())
  const before = found?.search
  const since = before ? String(before.since) : null
  const until = before ? String(before.until) : null
  const [discovered, discover] = useState<string | null>(found?.discovered_on ?? today(zone))
  const [reason, explain] = useState('')
  const isLater = found !== null && discovered !== null && discovered > found.discovered_on
  const [person, choose] = useState(listOf(before, 'persons')[0] ?? EVERYBODY)
  const [sessions, setSessions] = useState(listOf(before, 'sessions').join(', '))
  const [addresses, setAddresses] = useState(listOf(before, 'addresses').join(', '))
  const [from, setFrom] = useState<string | null>(since ? localDate(since, zone) : null)
  const [fromTime, setFromTime] = useState<string | null>(since ? localTime(since, zone) : '00:00')
  const [to, setTo] = useState<string | null>(until ? localDate(until, zone) : addDays(today(zone), 1))
  const [toTime, setToTime] = useState<string | null>(until ? localTime(until, zone) : '00:00')
  const save = useApiMutation('put', '/api/operations/incidents/{operations_incident_id}/breach', {
    invalidates: ['/api/operations/incidents/{operations_incident_id}', '/api/operations/incidents/{operations_incident_id}/breach/people'],
    onSuccess: (fresh) => {
      queryClient.setQueryData(breachQuery(incident.id).queryKey, fresh)
      toast({ message: `${(fresh.assessment?.affected ?? 0).toLocaleString('en-US')} people affected` })
      onClose()
    },
  })
  const body =
    discovered && from && fromTime && to && toTime
      ? { version: found?.version ?? null, discovered_on: discovered, reason: isLater ? reason.trim() : '', search: { since: toInstant(from, fromTime, zone), until: toInstant(to, toTime, zone), persons: person === EVERYBODY ? [] : [person], sessions: parted(sessions), addresses: parted(addresses) } }
      : null
  const wrong = save.error?.fields ?? {}
  return (
    <ChangeDialog title={found ? 'Look anew for who is affected' : 'It may be a breach'} incident={incident} error={save.error} busy={save.isPending} missing={!body ? 'Enter the days and times.' : isLater && !reason.trim() ? 'Write why it was discovered later.' : null} action="Find who is affected" onClose={onClose} onSave={() => body && save.mutate({ ...inPath(incident), body })}>
      <DateField label="Discovered on" value={discovered} onChange={discover} max={today(zone)} error={wrong.discovered_on?.[0]} hint="The sixty days begin here: the first day on which it was known, or would have been by reasonable diligence." className="w-52" />
      {isLater && <TextArea label="Why it was discovered later" value={reason} onChange={explain} rows={2} maxLength={1000} error={wrong.reason?.[0]} hint="It gives more time to tell people. Kept in the timeline. Nothing about clients, please." />}
      <p className="text-13 text-muted">Whose reads and disclosures count? The list has everybody whom a matching line of the trail names. A line has to match all that you enter: by this person, and in one of these sessions, and from one of these addresses.</p>
      <Select label="By whom" options={[{ id: EVERYBODY, label: 'Anybody' }, ...staff.map(({ id, name }) => ({ id, label: name }))]} value={person} onChange={choose} />
      <TextField label="In these sessions (optional)" value={sessions} onChange={setSessions} hint="As the trail names them; several with commas." />
      <TextField label="From these addresses (optional)" value={addresses} onChange={setAddresses} hint="IP addresses; several with commas." error={Object.entries(wrong).find(([name]) => name.includes('addresses'))?.[1][0]} />
      <div className="flex flex-wrap gap-3">
        <DateField label="From" value={from} onChange={setFrom} className="w-44" error={Object.entries(wrong).find(([name]) => name.endsWith('since'))?.[1][0]} hint={found ? undefined : 'When it may have begun: often before anybody noticed.'} />
        <TimeField label="At" value={fromTime} onChange={setFromTime} className="w-32" />
        <DateField label="Until" value={to} onChange={setTo} className="w-44" />
        <TimeField label="At (end)" value={toTime} onChange={setToTime} className="w-32" />
      </div>
    </ChangeDialog>
  )
}
