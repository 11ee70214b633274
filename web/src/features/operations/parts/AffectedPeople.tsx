import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { http } from '@/api/client'
import { queryClient, useApiMutation } from '@/api/queries'
import { formatMoment, formatPlainDate, today } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { DateField } from '@/ui/DateField'
import { Link } from '@/ui/Link'
import { LoadMore } from '@/ui/LoadMore'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { inPath } from '../forms/incident-change'
import type { Breach, Incident } from '../incident-words'
import { affectedQuery, breachQuery } from '../queries'
import { download } from './download'

const SHORTEST = 3

/** Whoever is affected. Looking at the list is a read of everybody on it, so nobody does before they ask for it. */
export function AffectedPeople({ incident, found, zone }: { incident: Incident; found: Breach; zone: string }) {
  const [shown, show] = useState(false)
  const whole = useMutation({
    mutationFn: async () => {
      const { data } = await http.GET('/api/operations/incidents/{operations_incident_id}/breach/list', { params: { path: { operations_incident_id: incident.id } }, parseAs: 'text' })
      return data as unknown as string
    },
    onSuccess: (text) => download(text, `${incident.number}-affected.csv`),
  })
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <h3 className="font-medium">Who is affected</h3>
      <p className="text-13 text-muted">Looking at the list, and downloading it, is written down as a read of everybody on it.</p>
      {whole.error && <Alert tone="danger">{whole.error.message}</Alert>}
      <div className="flex flex-wrap gap-2">
        {!shown && (
          <Button size="sm" onPress={() => show(true)}>
            Show the list
          </Button>
        )}
        <Button size="sm" busy={whole.isPending} onPress={() => whole.mutate()}>
          Download with addresses
        </Button>
      </div>
      {shown && <List incident={incident} found={found} zone={zone} />}
    </div>
  )
}

function List({ incident, found, zone }: { incident: Incident; found: Breach; zone: string }) {
  const list = useInfiniteQuery({ ...affectedQuery(incident.id), refetchOnWindowFocus: false })
  const [chosen, choose] = useState<readonly string[]>([])
  if (list.error && !list.data) return <Alert tone="danger">{list.error.detail}</Alert>
  if (!list.data) return <SkeletonRows rows={4} label="Loading the list" />
  const people = list.data.pages.flatMap(({ items }) => items)
  const isTelling = found.decision === 'breach'
  if (people.length === 0) return <p className="text-13">Nobody: no line of the trail matches.</p>
  return (
    <>
      <ul className="flex flex-col text-13">
        {people.map((one) => {
          const name = one.name || 'Somebody the chart no longer names'
          const words = `${name}${one.medical_record_number ? `, ${one.medical_record_number}` : ''}`
          const isFree = isTelling && one.dropped_at === null && one.notified_on === null
          return (
            <li key={one.id} className="border-b border-line py-2 last:border-b-0">
              {isFree ? (
                <Checkbox checked={chosen.includes(one.id)} onChange={(is) => choose(is ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))}>
                  {words}
                </Checkbox>
              ) : (
                <Link href={paths.client(one.client_id)}>{words}</Link>
              )}
              <p className="text-muted">
                {one.times === 1 ? 'Once' : `${one.times} times`}, last {formatMoment(one.last_at, zone)}.{one.dropped_at ? ' Dropped out: the latest count does not find them.' : ''}
                {one.notified_on ? ` Told ${formatPlainDate(one.notified_on)}: ${one.notified_how}.` : ''}
              </p>
            </li>
          )
        })}
      </ul>
      <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        Show more people
      </LoadMore>
      {isTelling && <Tell incident={incident} zone={zone} people={chosen} all={people.filter((one) => one.dropped_at === null && one.notified_on === null).map(({ id }) => id)} onAll={choose} />}
    </>
  )
}

function Tell({ incident, zone, people, all, onAll }: { incident: Incident; zone: string; people: readonly string[]; all: string[]; onAll: (people: readonly string[]) => void }) {
  const [on, setOn] = useState<string | null>(today(zone))
  const [how, setHow] = useState('First-class mail')
  const tell = useApiMutation('post', '/api/operations/incidents/{operations_incident_id}/breach/notices', {
    invalidates: ['/api/operations/incidents/{operations_incident_id}/breach/people'],
    onSuccess: (fresh) => {
      queryClient.setQueryData(breachQuery(incident.id).queryKey, fresh)
      onAll([])
      toast({ message: 'Noted that they were told' })
    },
  })
  const missing = people.length === 0 ? 'Choose who was told.' : on === null || how.trim().length < SHORTEST ? 'Enter when and how.' : null
  if (all.length === 0) return null
  return (
    <div className="flex flex-col gap-3">
      {tell.error && <Alert tone="danger">{tell.error.fields.on?.[0] ?? tell.error.detail}</Alert>}
      <div className="flex flex-wrap items-end gap-3">
        <DateField label="Told on" value={on} onChange={setOn} max={today(zone)} className="w-44" />
        <TextField label="How" value={how} onChange={setHow} maxLength={200} className="w-56" />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onPress={() => onAll(all)}>
          Choose all shown
        </Button>
        <Button size="sm" variant="primary" busy={tell.isPending} disabledReason={missing} onPress={() => on && tell.mutate({ ...inPath(incident), body: { people: [...people], on, how: how.trim() } })}>
          {`Note ${people.length > 0 ? people.length : ''} as told`}
        </Button>
      </div>
    </div>
  )
}
