import { useInfiniteQuery } from '@tanstack/react-query'
import { LockKeyhole, PencilLine } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { formatNear, formatPlainDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { newId } from '@/lib/uuid'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { Table, type Column } from '@/ui/Table'
import { whyNotStartNote } from '../can'
import { psychotherapyQuery } from '../queries'
import { LoadMore } from './LoadMore'

type Row = Schema<'PsychotherapyRow'>

const columnsFor = (zone: string): readonly Column<Row>[] => [
  { id: 'day', title: 'About', cell: ({ about_date }) => <span className="whitespace-nowrap tabular">{formatPlainDate(about_date)}</span>, width: 'w-32' },
  { id: 'opening', title: 'Begins', cell: ({ opening }) => (opening === null ? <span className="text-muted">Can no longer be opened</span> : <span className="line-clamp-1 break-words">{opening}</span>) },
  { id: 'when', title: 'Changed', cell: ({ updated_at }) => <span className="whitespace-nowrap tabular">{formatNear(updated_at, zone)}</span>, phone: 'side', align: 'end' },
]

/** The reader's own psychotherapy notes about this client. Nobody else has any here: not even how many there are. */
export function PsychotherapyTab({ client, isReading }: { client: Schema<'ClientOut'>; isReading: boolean }) {
  const me = useMe()
  const navigate = useNavigate()
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(psychotherapyQuery(client.id))
  const notes = data?.pages.flatMap(({ items }) => items) ?? []
  const write = !isReading && (
    <Button icon={PencilLine} disabledReason={whyNotStartNote(me, client)} onPress={() => void navigate(paths.newPsychotherapyNote(newId(), client.id))}>
      Write a psychotherapy note
    </Button>
  )
  if (error && notes.length === 0) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (isPending) return <SkeletonRows label="Loading psychotherapy notes" />
  if (notes.length === 0) {
    return (
      <EmptyState icon={LockKeyhole} title="No psychotherapy notes of yours" action={write}>
        Your own thoughts about a session, kept apart from the chart. Only you can open them: no supervisor, no administrator, no export and no printout has them.
      </EmptyState>
    )
  }
  return (
    <div className="flex flex-col gap-3 pt-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex items-center gap-2 text-13 text-muted">
          <LockKeyhole aria-hidden className="size-4 shrink-0" />
          Yours alone, and no part of the chart.
        </p>
        {write}
      </div>
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        <Table label="Your psychotherapy notes" columns={columnsFor(me.practice.timezone)} rows={notes} rowKey={({ id }) => id} rowHref={({ id }) => paths.psychotherapyNote(id)} />
        <LoadMore hasMore={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
          Show earlier notes
        </LoadMore>
      </Card>
    </div>
  )
}
