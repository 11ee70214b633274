import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ShieldCheck, UserRound } from 'lucide-react'
import { useState } from 'react'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Card } from '@/ui/Card'
import { Chip } from '@/ui/Chip'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { severityLooks, statusLooks } from '../looks'
import { incidentsQuery, type Status } from '../queries'

type Row = Schema<'IncidentRow'>
type Shown = Status | 'unresolved' | ''

const choices: readonly { id: Shown; label: string }[] = [
  { id: 'unresolved', label: 'To do' },
  { id: 'open', label: 'Open' },
  { id: 'investigating', label: 'Being looked into' },
  { id: 'resolved', label: 'Resolved' },
  { id: '', label: 'All' },
]

const columnsIn = (zone: string): readonly Column<Row>[] => [
  { id: 'what', title: 'What happened', cell: ({ description }) => <span className="line-clamp-2 max-w-[30rem] break-words">{description}</span> },
  { id: 'severity', title: 'Severity', width: 'w-28', phone: 'side', cell: ({ severity }) => <StatusBadge size="sm" {...severityLooks[severity]} /> },
  { id: 'person', title: 'About', cell: ({ person }) => person?.name ?? <span className="text-muted">Nobody in particular</span> },
  { id: 'status', title: 'State', width: 'w-40', cell: ({ status }) => <StatusBadge size="sm" {...statusLooks[status]} /> },
  { id: 'assigned', title: 'With', phone: 'hide', cell: ({ assigned_to }) => assigned_to?.name ?? <span className="text-muted">Nobody yet</span> },
  { id: 'when', title: 'Noticed', width: 'w-44', cell: ({ detected_at }) => <span className="whitespace-nowrap tabular">{formatMoment(detected_at, zone)}</span> },
]

export function IncidentsTab({ zone }: { zone: string }) {
  const [status, setStatus] = useState<Shown>('unresolved')
  const [mine, setMine] = useState(false)
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...incidentsQuery({ status, mine }), placeholderData: keepPreviousData })
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <div className="flex flex-wrap gap-x-4 gap-y-2 pb-3">
        <div role="group" aria-label="State" className="flex flex-wrap gap-1.5">
          {choices.map(({ id, label }) => (
            <Chip key={id} selected={status === id} onChange={() => setStatus(id)}>
              {label}
            </Chip>
          ))}
        </div>
        <div role="group" aria-label="Only these">
          <Chip icon={UserRound} selected={mine} onChange={setMine}>
            With me
          </Chip>
        </div>
      </div>
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        {error ? (
          <ErrorState title={error.title} onRetry={() => void refetch()}>
            {error.detail}
          </ErrorState>
        ) : isPending ? (
          <SkeletonRows rows={6} label="Loading incidents" />
        ) : rows.length === 0 ? (
          <EmptyState icon={ShieldCheck} title={status === 'unresolved' && !mine ? 'Nothing to look into' : 'No such incident'}>
            {status === 'unresolved' && !mine ? 'What the alert rules notice, and what colleagues report, comes here.' : 'Choose another state to see others.'}
          </EmptyState>
        ) : (
          <div aria-busy={isPlaceholderData} className="aria-busy:opacity-60">
            <Table label="Incidents" columns={columnsIn(zone)} rows={rows} rowKey={({ id }) => id} rowHref={({ id }) => paths.incident(id)} />
            <LoadMore hasMore={hasNextPage && !isPlaceholderData} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
              Show older incidents
            </LoadMore>
          </div>
        )}
      </Card>
    </>
  )
}
