import { useInfiniteQuery } from '@tanstack/react-query'
import { CalendarSearch, EyeOff } from 'lucide-react'
import { formatMoment } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { SkeletonRows } from '@/ui/Skeleton'
import { Table, type Column } from '@/ui/Table'
import type { Schema } from '@/api/schema'
import { momentsOf, type TrailFilter } from '../filter'
import { seenQuery } from '../queries'
import { spaced } from '../words'

type Seen = Schema<'SeenOut'>

const columnsIn = (zone: string): readonly Column<Seen>[] => [
  { id: 'client', title: 'Client', cell: ({ client }) => client.name || 'A client who is gone' },
  { id: 'record', title: 'Record number', cell: ({ medical_record_number }) => <span className="tabular">{medical_record_number}</span> },
  { id: 'times', title: 'Times', align: 'end', width: 'w-20', phone: 'side', cell: ({ times }) => times.toLocaleString('en-US') },
  { id: 'kinds', title: 'Where', phone: 'hide', cell: ({ kinds }) => <span className="line-clamp-2 max-w-72 text-muted">{kinds.map(spaced).join(', ')}</span> },
  { id: 'first', title: 'First', phone: 'hide', cell: ({ first_at }) => <span className="whitespace-nowrap tabular">{formatMoment(first_at, zone)}</span> },
  { id: 'last', title: 'Last', cell: ({ last_at }) => <span className="whitespace-nowrap tabular">{formatMoment(last_at, zone)}</span> },
]

/** Which clients' information an account was shown within a span of days: the scope of a breach. */
export function SeenTable({ filter, zone }: { filter: TrailFilter; zone: string }) {
  const { since, until } = momentsOf(filter, zone)
  if (filter.person === null || since === null || until === null) {
    return (
      <EmptyState icon={CalendarSearch} title="Choose a person and the days">
        Then every client whose information was shown to that account between those days is listed, with how often and when.
      </EmptyState>
    )
  }
  return <Found span={{ person: filter.person, since, until }} zone={zone} />
}

function Found({ span, zone }: { span: { person: string; since: string; until: string }; zone: string }) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(seenQuery(span))
  if (error) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (isPending) return <SkeletonRows rows={8} label="Looking through the trail" />
  const rows = data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) {
    return (
      <EmptyState icon={EyeOff} title="No client was shown">
        This account was shown nobody’s information on those days.
      </EmptyState>
    )
  }
  return (
    <>
      <Table label="Clients seen" columns={columnsIn(zone)} rows={rows} rowKey={({ client }) => client.id} rowHref={({ client }) => paths.client(client.id)} />
      <LoadMore hasMore={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
        Show more clients
      </LoadMore>
    </>
  )
}
