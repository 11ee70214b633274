import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatDay, localDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { Link } from '@/ui/Link'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { toast } from '@/ui/toast-queue'
import type { Stop } from '../queries'
import { stopWords } from '../words'

/** Whose it is stands below it: that is where it is put right. */
function Address({ stop: { address, clients } }: { stop: Stop }) {
  return (
    <div className="max-w-72">
      <span className="block font-medium break-all">{address}</span>
      {clients.map(({ id, name }) => (
        <Link key={id} className="block text-12" href={paths.client(id)}>
          {name}
        </Link>
      ))}
    </div>
  )
}

/** The button stands at the end of the words that lead to it; a phone has the day here, too. */
function Todo({ stop, day }: { stop: Stop; day: string }) {
  const { reason, detail, may_lift } = stop
  return (
    <div className="flex items-center justify-between gap-x-6 gap-y-2 phone:flex-col phone:items-start">
      <p className="max-w-[34rem] text-13">
        {stopWords[reason].what} <span className="text-muted">{stopWords[reason].todo}</span>
        {detail !== '' && <span className="block text-12 break-words text-muted">The provider said: {detail}</span>}
        <span className="hidden text-12 text-muted phone:block">Since {day}</span>
      </p>
      {may_lift && <Lift stop={stop} />}
    </div>
  )
}

function Lift({ stop: { id, address } }: { stop: Stop }) {
  const lift = useApiMutation('delete', '/api/stopped-addresses/{stop_id}', {
    invalidates: ['/api/stopped-addresses', '/api/clients/{client_id}'],
    onSuccess: () => toast({ message: `Messages go to ${address} again` }),
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  return (
    <Button size="sm" busy={lift.isPending} onPress={() => lift.mutate({ params: { path: { stop_id: id } } })}>
      Lift<span className="sr-only"> the stop on {address}</span>
    </Button>
  )
}

const dayOf = ({ since }: Stop, zone: string) => formatDay(localDate(since, zone), zone)

const columnsIn = (zone: string): readonly Column<Stop>[] => [
  { id: 'address', title: 'Address', cell: (stop) => <Address stop={stop} /> },
  { id: 'reason', title: 'Why', width: 'w-32', phone: 'side', cell: ({ reason }) => <StatusBadge size="sm" tone={stopWords[reason].tone} icon={stopWords[reason].icon} label={stopWords[reason].label} /> },
  { id: 'since', title: 'Since', width: 'w-32', phone: 'hide', cell: (stop) => <span className="whitespace-nowrap tabular">{dayOf(stop, zone)}</span> },
  { id: 'todo', title: 'What to do', cell: (stop) => <Todo stop={stop} day={dayOf(stop, zone)} /> },
]

export function StopTable({ stops }: { stops: readonly Stop[] }) {
  const zone = useMe().practice.timezone
  return <Table label="Stopped addresses" columns={columnsIn(zone)} rows={stops} rowKey={({ id }) => id} />
}
