import { Mail, MessageSquareText } from 'lucide-react'
import { memo } from 'react'
import { formatNear } from '@/lib/dates'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { channelWords } from '../filter'
import type { Channel, MessageRow } from '../queries'
import { lookOf, timeOf } from '../words'

/** The reader by name, with the address below. */
function To({ message: { recipient_name: name, address } }: { message: MessageRow }) {
  return (
    <span className="flex min-w-0 flex-col">
      <span className="max-w-64 truncate phone:max-w-full" title={name || address}>
        {name || address}
      </span>
      {name !== '' && <span className="max-w-64 truncate text-12 font-normal text-muted phone:hidden">{address}</span>}
    </span>
  )
}

/** On a phone when it was written follows in the same line. */
function What({ message: { subject, created_at }, zone }: { message: MessageRow; zone: string }) {
  return (
    <span className="line-clamp-2 max-w-96 break-words">
      {subject}
      <span className="hidden phone:inline"> · {formatNear(created_at, zone)}</span>
    </span>
  )
}

function State({ message, zone }: { message: MessageRow; zone: string }) {
  const time = timeOf(message, zone)
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <StatusBadge size="sm" {...lookOf(message)} />
      {time !== '' && <span className="text-12 whitespace-nowrap text-muted tabular phone:hidden">{time}</span>}
    </span>
  )
}

const icons = { Email: Mail, SMS: MessageSquareText } as const satisfies Record<Channel, unknown>

function Carried({ channel }: { channel: Channel }) {
  const Icon = icons[channel]
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-muted">
      <Icon aria-hidden className="size-4 shrink-0" />
      {channelWords[channel]}
    </span>
  )
}

const columnsIn = (zone: string): readonly Column<MessageRow>[] => [
  { id: 'to', title: 'To', cell: (message) => <To message={message} /> },
  { id: 'what', title: 'What', phone: 'detail', cell: (message) => <What message={message} zone={zone} /> },
  { id: 'channel', title: 'Channel', width: 'w-36 max-lg:hidden', phone: 'hide', cell: ({ channel }) => <Carried channel={channel} /> },
  { id: 'state', title: 'State', phone: 'side', cell: (message) => <State message={message} zone={zone} /> },
  { id: 'when', title: 'Written', width: 'w-40', phone: 'hide', cell: ({ created_at }) => <span className="whitespace-nowrap tabular">{formatNear(created_at, zone)}</span> },
]

type OutboxTableProps = { messages: readonly MessageRow[]; zone: string; hrefOf: (message: MessageRow) => string }

export const OutboxTable = memo(function OutboxTable({ messages, zone, hrefOf }: OutboxTableProps) {
  return <Table label="Outbox" columns={columnsIn(zone)} rows={messages} rowKey={({ id }) => id} rowHref={hrefOf} />
})
