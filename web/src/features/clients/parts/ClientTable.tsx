import { memo } from 'react'
import { formatPlainDate } from '@/lib/dates'
import { clientLook } from '@/lib/looks'
import { paths } from '@/lib/paths'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import type { ClientRow } from '../filter'
import { FavouriteStar } from './FavouriteStar'

const born = ({ age, date_of_birth }: ClientRow) => `${age} · ${formatPlainDate(date_of_birth)}`

/** On a phone the name's cell holds the second line too, so that the row stays one link of two lines. */
function Name({ client }: { client: ClientRow }) {
  const { name, legal_name, pronouns, status, medical_record_number } = client
  const facts = [born(client), pronouns, medical_record_number].filter(Boolean)
  return (
    <span className="flex min-w-0 flex-col">
      <span className="flex max-w-80 min-w-0 max-xl:max-w-60 items-center gap-2 phone:max-w-full">
        <span className="truncate" title={name}>{name}</span>
        {legal_name !== name && <span className="min-w-0 shrink-[4] truncate text-12 font-normal text-muted">{legal_name}</span>}
        {pronouns && <span className="hidden shrink-0 text-12 font-normal text-muted max-xl:inline phone:hidden">{pronouns}</span>}
        {status !== 'Active' && <StatusBadge size="sm" {...clientLook(status)} />}
      </span>
      <span className="hidden truncate text-13 font-normal text-muted phone:block">{facts.join(' · ')}</span>
    </span>
  )
}

const orNone = (text: string, none: string) => (text ? <span className="block max-w-44 truncate" title={text}>{text}</span> : <span className="text-muted">{none}</span>)

const columns: readonly Column<ClientRow>[] = [
  { id: 'name', title: 'Name', cell: (client) => <Name client={client} /> },
  { id: 'pronouns', title: 'Pronouns', cell: ({ pronouns }) => <span className="whitespace-nowrap">{pronouns}</span>, width: 'max-xl:hidden', phone: 'hide' },
  { id: 'born', title: 'Age, date of birth', cell: (client) => <span className="whitespace-nowrap tabular">{born(client)}</span>, phone: 'hide' },
  { id: 'record', title: 'Record number', cell: ({ medical_record_number }) => <span className="block max-w-32 truncate" title={medical_record_number}>{medical_record_number}</span>, width: 'max-xl:hidden', phone: 'hide' },
  { id: 'therapist', title: 'Primary therapist', cell: ({ primary_therapist }) => orNone(primary_therapist, 'Nobody yet'), phone: 'hide' },
  { id: 'phone', title: 'Phone', cell: ({ primary_phone }) => <span className="whitespace-nowrap">{primary_phone}</span>, phone: 'hide' },
  {
    id: 'favourite',
    title: 'Favourite',
    width: 'w-12',
    align: 'end',
    phone: 'side',
    cell: (client) => <FavouriteStar client={client} size="sm" className="relative z-10 -my-2 -mr-1.5 align-middle" />,
  },
]

/** Not drawn again while one types in the search. */
export const ClientTable = memo(function ClientTable({ clients }: { clients: readonly ClientRow[] }) {
  return <Table label="Clients" columns={columns} rows={clients} rowKey={({ id }) => id} rowHref={({ id }) => paths.client(id)} />
})
