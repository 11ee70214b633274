import { useInfiniteQuery } from '@tanstack/react-query'
import { FileText } from 'lucide-react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { formatDay, formatNear } from '@/lib/dates'
import { noteLooks } from '@/lib/looks'
import { paths } from '@/lib/paths'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { notesQuery } from '../queries'
import { LoadMore } from './LoadMore'

type NoteRow = Schema<'NoteRow'>

const kindWord = (kind: string) => (kind === 'progress_note' ? 'Progress note' : 'Note')
const state = ({ signed_at }: NoteRow) => <StatusBadge size="sm" {...(signed_at ? noteLooks.signed : noteLooks.draft)} />

const columnsFor = (zone: string): readonly Column<NoteRow>[] => [
  { id: 'day', title: 'Session of', cell: ({ service_date }) => <span className="whitespace-nowrap tabular">{formatDay(service_date, zone)}</span> },
  { id: 'state', title: 'State', cell: state, phone: 'side', width: 'w-24' },
  { id: 'kind', title: 'Kind', cell: ({ kind, note_format }) => `${kindWord(kind)}, ${note_format}` },
  { id: 'author', title: 'Author', cell: ({ author_name }) => <span className="inline-block max-w-48 truncate align-bottom">{author_name}</span> },
  { id: 'when', title: 'Signed or changed', cell: ({ signed_at, updated_at }) => <span className="whitespace-nowrap tabular">{formatNear(signed_at ?? updated_at, zone)}</span>, phone: 'hide', align: 'end' },
]

export function NotesTab({ clientId, isReading }: { clientId: string; isReading: boolean }) {
  const zone = useMe().practice.timezone
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(notesQuery(clientId))
  const notes = data?.pages.flatMap(({ items }) => items) ?? []
  if (error && notes.length === 0) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (isPending) return <SkeletonRows label="Loading notes" />
  if (notes.length === 0) {
    return (
      <EmptyState icon={FileText} title="No notes yet">
        {isReading ? 'No note about this client has been signed.' : 'Signed notes show here, and drafts of your own. Write one from a session, or start one above.'}
      </EmptyState>
    )
  }
  return (
    <div className="pt-4">
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        <Table label="Notes" columns={columnsFor(zone)} rows={notes} rowKey={({ id }) => id} rowHref={({ id }) => paths.note(id)} />
        <LoadMore hasMore={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
          Show earlier notes
        </LoadMore>
      </Card>
    </div>
  )
}
