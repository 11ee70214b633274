import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatDay, localDate } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { toast } from '@/ui/toast-queue'
import type { Stop } from '../queries'
import { stopWords } from '../words'

function Why({ stop: { reason, detail } }: { stop: Stop }) {
  return (
    <span className="block max-w-[34rem] text-13">
      {stopWords[reason].what} <span className="text-muted">{stopWords[reason].todo}</span>
      {detail !== '' && <span className="block text-12 break-words text-muted">The provider said: {detail}</span>}
    </span>
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

const columnsIn = (zone: string): readonly Column<Stop>[] => [
  { id: 'address', title: 'Address', cell: ({ address }) => <span className="block max-w-72 font-medium break-all">{address}</span> },
  { id: 'reason', title: 'Why', width: 'w-32', phone: 'side', cell: ({ reason }) => <StatusBadge size="sm" tone={stopWords[reason].tone} icon={stopWords[reason].icon} label={stopWords[reason].label} /> },
  { id: 'since', title: 'Since', width: 'w-32', cell: ({ since }) => <span className="whitespace-nowrap tabular">{formatDay(localDate(since, zone), zone)}</span> },
  { id: 'todo', title: 'What to do', cell: (stop) => <Why stop={stop} /> },
  { id: 'lift', title: 'Lift', width: 'w-20', cell: (stop) => (stop.may_lift ? <Lift stop={stop} /> : null) },
]

export function StopTable({ stops }: { stops: readonly Stop[] }) {
  const zone = useMe().practice.timezone
  return <Table label="Stopped addresses" columns={columnsIn(zone)} rows={stops} rowKey={({ id }) => id} />
}
