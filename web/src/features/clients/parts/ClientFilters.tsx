import { Star, UserRound } from 'lucide-react'
import { Chip } from '@/ui/Chip'
import { SearchField } from '@/ui/SearchField'
import { statuses, type ClientFilter } from '../filter'

type ClientFiltersProps = {
  filter: ClientFilter
  /** What stands in the search box now; the filter follows once it stands still. */
  text: string
  onText: (text: string) => void
  onChange: (change: Partial<Omit<ClientFilter, 'q'>>) => void
  withMine: boolean
}

export function ClientFilters({ filter, text, onText, onChange, withMine }: ClientFiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5 pb-3">
      <SearchField label="Search clients" placeholder="Name, record number or date of birth" value={text} onChange={onText} className="w-84 phone:w-full" />
      <div role="group" aria-label="Status" className="flex flex-wrap gap-1.5 phone:-mx-4 phone:w-dvw phone:flex-nowrap phone:overflow-x-auto phone:px-4">
        {statuses.map((status) => (
          <Chip key={status} selected={filter.status === status} onChange={() => onChange({ status })}>
            {status}
          </Chip>
        ))}
      </div>
      <div role="group" aria-label="Only these" className="flex flex-wrap gap-1.5">
        {withMine && (
          <Chip icon={UserRound} selected={filter.mine} onChange={(mine) => onChange({ mine })}>
            Mine
          </Chip>
        )}
        <Chip icon={Star} selected={filter.favorites} onChange={(favorites) => onChange({ favorites })}>
          Favourites
        </Chip>
      </div>
    </div>
  )
}
