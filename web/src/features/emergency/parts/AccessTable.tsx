import { useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { EmergencyAccess } from '@/api/emergency'
import { useMe } from '@/api/me'
import { formatMoment } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { accessLook } from '../looks'
import type { myAccessQuery } from '../queries'

type AccessTableProps = {
  label: string
  of: ReturnType<typeof myAccessQuery>  
  /** Whose it was stands in a column of its own: for reviewers. */
  withPerson?: boolean
  empty: ReactNode
}

/** A client whose chart is closed to the reader has no name here. */
export const clientWords = ({ client_name }: Pick<EmergencyAccess, 'client_name'>): string => client_name || 'A chart not open to you'

function columnsFor(zone: string, withPerson: boolean): readonly Column<EmergencyAccess>[] {
  const client = (row: EmergencyAccess) => <span className={row.client_name ? undefined : 'text-muted'}>{clientWords(row)}</span>
  return [
    ...(withPerson ? [{ id: 'person', title: 'Opened by', cell: (row: EmergencyAccess) => row.staff_name }] : []),
    { id: 'client', title: 'Chart of', cell: client },
    { id: 'state', title: 'State', cell: (row) => <StatusBadge size="sm" {...accessLook(row)} />, phone: 'side', width: 'w-32' },
    { id: 'when', title: 'Opened', cell: ({ started_at }) => <span className="whitespace-nowrap tabular">{formatMoment(started_at, zone)}</span> },
    { id: 'reason', title: 'Reason', cell: ({ reason }) => <span className="line-clamp-1 max-w-96 break-words">{reason}</span>, phone: 'hide' },
  ]
}

export function AccessTable({ label, of, withPerson = false, empty }: AccessTableProps) {
  const zone = useMe().practice.timezone
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch }: UseInfiniteQueryResult<{ pages: { items: EmergencyAccess[] }[] }> = useInfiniteQuery(of)
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  if (error && rows.length === 0) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (isPending) return <SkeletonRows rows={3} label={`Loading: ${label}`} />
  return (
    <>
      <Table label={label} columns={columnsFor(zone, withPerson)} rows={rows} rowKey={({ id }) => id} rowHref={({ id }) => paths.emergencyAccess(id)} empty={<p className="p-4 text-13 text-muted">{empty}</p>} />
      <LoadMore hasMore={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
        Show earlier
      </LoadMore>
    </>
  )
}
