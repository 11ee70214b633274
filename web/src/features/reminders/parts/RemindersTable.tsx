import { useApiMutation } from '@/api/queries'
import { formatMoment, localDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { Link } from '@/ui/Link'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table } from '@/ui/Table'
import { toast } from '@/ui/toast-queue'
import type { Reminder } from '../queries'
import { lookOf, whatItIs } from '../words'

/** Whom, of what, when, and what became of it. */
export function RemindersTable({ rows, zone }: { rows: readonly Reminder[]; zone: string }) {
  return (
    <Table
      label="Messages about appointments"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { id: 'client', title: 'Client', cell: (row) => <Link href={paths.client(row.client_id)}>{row.client_name}</Link> },
        { id: 'appointment', title: 'Appointment', cell: (row) => <Appointment row={row} zone={zone} /> },
        { id: 'what', title: 'Message', cell: (row) => whatItIs(row) },
        { id: 'when', title: 'Goes, or went', cell: (row) => <span className="tabular">{formatMoment(row.sent_at ?? row.due_at, zone)}</span>, phone: 'hide' },
        { id: 'state', title: 'State', cell: (row) => <State row={row} zone={zone} />, phone: 'side' },
      ]}
    />
  )
}

function Appointment({ row, zone }: { row: Reminder; zone: string }) {
  return (
    <Link tone="quiet" href={paths.calendarSession(localDate(row.starts_at, zone), row.appointment_id)} className="tabular">
      {formatMoment(row.starts_at, zone)}
      <span className="block text-12 text-muted phone:hidden">{row.clinician_name}</span>
    </Link>
  )
}

function State({ row, zone }: { row: Reminder; zone: string }) {
  return (
    <span className="flex flex-col items-start gap-0.5 py-0.5">
      <StatusBadge size="sm" {...lookOf(row)} />
      {row.error_message && <span className="max-w-72 text-12 text-muted phone:hidden">{row.error_message}</span>}
      <Again row={row} zone={zone} />
    </span>
  )
}

const isSoon = (moment: string): boolean => Date.parse(moment) < Date.now() + 60_000

function Again({ row, zone }: { row: Reminder; zone: string }) {
  const send = useApiMutation('post', '/api/reminders/{reminder_id}/resend', {
    invalidates: ['/api/reminders'],
    onSuccess: ({ due_at }) => toast({ message: isSoon(due_at) ? 'It goes once more, in a moment' : `It goes once more ${formatMoment(due_at, zone)}, after quiet hours` }),
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  if (!row.may_resend) return null
  return (
    <Button size="sm" variant="quiet" className="-ml-2.5 phone:ml-0" busy={send.isPending} aria-label={`Send again: ${row.client_name}`} onPress={() => send.mutate({ params: { path: { reminder_id: row.id } } })}>
      Send again
    </Button>
  )
}
