import { roleName } from '@/lib/roles'
import { Chip } from '@/ui/Chip'
import { SearchField } from '@/ui/SearchField'
import { Select } from '@/ui/Select'
import { statuses, statusWords, type PeopleFilter } from '../filter'
import { roles } from '../words'

type PeopleFiltersProps = {
  filter: PeopleFilter
  /** What stands in the search box now; the filter follows once it stands still. */
  text: string
  onText: (text: string) => void
  onChange: (change: Partial<Omit<PeopleFilter, 'q'>>) => void
}

const everyRole = 'every'
const roleOptions = [{ id: everyRole, label: 'Every role' }, ...roles.map((role) => ({ id: role, label: roleName(role) })), { id: 'none', label: 'No role' }] as const

export function PeopleFilters({ filter, text, onText, onChange }: PeopleFiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5 pb-3">
      <SearchField label="Search people" placeholder="Name, e-mail or title" value={text} onChange={onText} className="w-72 phone:w-full" />
      <Select label="Role" hideLabel options={roleOptions} value={filter.role === '' ? everyRole : filter.role} onChange={(role) => onChange({ role: role === everyRole ? '' : role })} className="w-44 phone:w-full" />
      <div role="group" aria-label="Account" className="flex flex-wrap gap-1.5 phone:-mx-4 phone:w-dvw phone:flex-nowrap phone:overflow-x-auto phone:px-4">
        {statuses.map((status) => (
          <Chip key={status} selected={filter.status === status} onChange={() => onChange({ status })}>
            {statusWords[status]}
          </Chip>
        ))}
      </div>
    </div>
  )
}
