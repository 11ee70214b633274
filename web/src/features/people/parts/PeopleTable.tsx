import { memo } from 'react'
import { useMe } from '@/api/me'
import { formatDay, formatPlainDate, localDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { roleName } from '@/lib/roles'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import type { PersonRow } from '../queries'
import { concerns, factorWords, statusLooks } from '../words'

const rolesOf = ({ roles }: PersonRow) => roles.map(roleName).join(', ')

/** On a phone the name's cell holds the second line too: roles, and the first thing to see to. */
function Name({ person }: { person: PersonRow }) {
  const { name, credentials, title, attention } = person
  const facts = [rolesOf(person), ...attention.slice(0, 1).map((what) => concerns[what].label)].filter(Boolean)
  return (
    <span className="flex min-w-0 flex-col">
      <span className="flex max-w-72 min-w-0 items-center gap-2 phone:max-w-full">
        <span className="truncate" title={title ? `${name}, ${title}` : name}>
          {name}
          {credentials && <span className="font-normal text-muted">, {credentials}</span>}
        </span>
      </span>
      <span className="hidden truncate text-13 font-normal text-muted phone:block">{facts.join(' · ')}</span>
    </span>
  )
}

function Concerns({ person: { attention } }: { person: PersonRow }) {
  const [first, ...rest] = attention
  if (first === undefined) return <span className="text-muted">–</span>
  return (
    <span className="flex items-center gap-1.5">
      <StatusBadge size="sm" {...concerns[first]} />
      {rest.length > 0 && <span className="text-12 text-muted" title={rest.map((what) => concerns[what].label).join(', ')}>+{rest.length}<span className="sr-only">: {rest.map((what) => concerns[what].label).join(', ')}</span></span>}
    </span>
  )
}

function LastSignIn({ at }: { at: string | null }) {
  const zone = useMe().practice.timezone
  return <span className="whitespace-nowrap tabular">{at ? formatDay(localDate(at, zone), zone) : <span className="text-muted">Never</span>}</span>
}

const columns: readonly Column<PersonRow>[] = [
  { id: 'name', title: 'Name', cell: (person) => <Name person={person} /> },
  { id: 'roles', title: 'Roles', cell: (person) => rolesOf(person) || <span className="text-muted">No role</span>, phone: 'hide' },
  { id: 'status', title: 'Account', cell: ({ status }) => <StatusBadge size="sm" {...statusLooks[status]} />, phone: 'side' },
  { id: 'factors', title: 'Second factor', cell: ({ factors }) => <span className={factorWords(factors) === 'None' ? 'text-muted' : undefined}>{factorWords(factors)}</span>, width: 'max-lg:hidden', phone: 'hide' },
  { id: 'last', title: 'Last sign-in', cell: ({ last_sign_in }) => <LastSignIn at={last_sign_in} />, phone: 'hide' },
  { id: 'license', title: 'License until', cell: ({ license_expiration_date: day }) => <span className="whitespace-nowrap tabular">{day ? formatPlainDate(day) : <span className="text-muted">–</span>}</span>, width: 'max-xl:hidden', phone: 'hide' },
  { id: 'attention', title: 'To see to', cell: (person) => <Concerns person={person} />, phone: 'hide' },
]

/** Not drawn again while one types in the search. */
export const PeopleTable = memo(function PeopleTable({ people, label = 'People' }: { people: readonly PersonRow[]; label?: string }) {
  return <Table label={label} columns={columns} rows={people} rowKey={({ id }) => id} rowHref={({ id }) => paths.person(id)} />
})
