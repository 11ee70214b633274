import { useInfiniteQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useLive } from '@/api/live'
import { formatNear } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Link } from '@/ui/Link'
import { LoadMore } from '@/ui/LoadMore'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { clockWords, incidentSeverities, isGrave, isOver, postMortemWords, statuses, type IncidentRow } from '../incident-words'
import { incidentsQuery } from '../queries'
import { useNow } from './use-now'

const AGAIN_MS = 20_000

/** Incidents at work, or those that are over, a page at a time. */
export function IncidentList({ state, zone }: { state: 'open' | 'over'; zone: string }) {
  const asked = { ...incidentsQuery(state), refetchOnWindowFocus: false }
  const list = useInfiniteQuery(asked)
  const now = useNow()
  useLive(asked, state === 'open' ? AGAIN_MS : null)
  if (list.error && !list.data) {
    return (
      <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
        {list.error.detail}
      </ErrorState>
    )
  }
  if (!list.data) return <SkeletonRows rows={5} label="Loading the incidents" />
  const incidents = list.data.pages.flatMap(({ items }) => items)
  if (incidents.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title={state === 'open' ? 'No incident is open.' : 'No incident yet'}>
        {state === 'open' ? 'Critical alerts and grave security incidents open one by themselves; you can open one at any time.' : 'What was put right is kept here, with its timeline and what was learnt.'}
      </EmptyState>
    )
  }
  return (
    <Section title={state === 'open' ? 'Open incidents' : 'Incidents that are over'} flush>
      <ul>
        {incidents.map((incident) => (
          <Item key={incident.id} incident={incident} zone={zone} now={now} />
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        Show earlier incidents
      </LoadMore>
    </Section>
  )
}

function Item({ incident, zone, now }: { incident: IncidentRow; zone: string; now: string }) {
  const clock = clockWords(incident, zone, now)
  const written = isOver(incident) && isGrave(incident) ? postMortemWords(incident, zone, now) : null
  return (
    <li className="border-b border-line px-4 py-3 text-13 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="min-w-0 text-14 font-medium [overflow-wrap:anywhere]">
          <Link href={paths.operationsIncident(incident.id)}>{incident.title}</Link>
        </h3>
        <StatusBadge size="sm" {...incidentSeverities[incident.severity]} />
        <StatusBadge size="sm" {...statuses[incident.status]} />
      </div>
      <p className={clock.isLate ? 'font-medium text-danger' : ''}>{clock.words}.</p>
      {written && <p className={written.isLate ? 'font-medium text-danger' : ''}>{written.words}.</p>}
      <p className="text-muted">
        {incident.number}, opened {formatNear(incident.created_at, zone)} {incident.is_automatic ? 'by itself' : `by ${incident.opened_by}`}
        {incident.commander ? `, commanded by ${incident.commander.name}` : ''}.
      </p>
    </li>
  )
}
