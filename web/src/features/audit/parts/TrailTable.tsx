import { memo } from 'react'
import { formatDay, formatTime, localDate } from '@/lib/dates'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { lineLooks } from '../looks'
import type { Line } from '../queries'

/** The first few clients by name, and how many more there are. */
function about({ clients, client_count }: Line): string {
  const names = clients.map(({ name }) => name).join(', ')
  const more = client_count - clients.length
  return more > 0 ? (names === '' ? `${more} clients` : `${names} and ${more} more`) : names
}

/** On a phone whom it is about follows in the same lines. */
function When({ line, zone }: { line: Line; zone: string }) {
  const names = about(line)
  return (
    <span className="phone:line-clamp-2">
      <span className="whitespace-nowrap tabular">{`${formatDay(localDate(line.created_at, zone), zone)}, ${formatTime(line.created_at, zone)}`}</span>
      {names !== '' && <span className="hidden phone:inline"> · {names}</span>}
    </span>
  )
}

const columnsIn = (zone: string): readonly Column<Line>[] => [
  { id: 'what', title: 'What happened', cell: ({ description }) => <span className="line-clamp-2 max-w-[28rem] break-words">{description}</span> },
  { id: 'when', title: 'When', width: 'w-44', cell: (line) => <When line={line} zone={zone} /> },
  { id: 'about', title: 'About', phone: 'hide', cell: (line) => <span className="line-clamp-2 max-w-72 text-muted">{about(line)}</span> },
  { id: 'from', title: 'From', width: 'w-32 max-xl:hidden', phone: 'hide', cell: ({ ip_address }) => <span className="tabular text-muted">{ip_address ?? ''}</span> },
  {
    id: 'severity',
    title: 'Severity',
    width: 'w-28',
    phone: 'side',
    cell: ({ severity }) => (severity === 'info' ? <span className="text-muted phone:text-12">Usual</span> : <StatusBadge size="sm" {...lineLooks[severity]} />),
  },
]

type TrailTableProps = { lines: readonly Line[]; zone: string; hrefOf: (line: Line) => string }

export const TrailTable = memo(function TrailTable({ lines, zone, hrefOf }: TrailTableProps) {
  return <Table label="Audit trail" columns={columnsIn(zone)} rows={lines} rowKey={({ id }) => id} rowHref={hrefOf} />
})
