import { Button } from '@/ui/Button'
import { DatePicker } from '@/ui/DatePicker'
import { Select } from '@/ui/Select'
import { actions, everything, isEverything, type Action, type LineSeverity, type TrailFilter } from '../filter'
import { lineLooks } from '../looks'
import { ClientSearch } from './ClientSearch'
import { PersonSelect } from './PersonSelect'

const ANY = 'any'
const actionOptions = [{ id: ANY, label: 'Anything' }, ...Object.entries(actions).map(([id, label]) => ({ id, label }))]
const severityOptions = [{ id: ANY, label: 'Any' }, ...Object.entries(lineLooks).map(([id, { label }]) => ({ id, label }))]

type TrailFiltersProps = { filter: TrailFilter; onChange: (change: Partial<TrailFilter>) => void }

export function TrailFilters({ filter, onChange }: TrailFiltersProps) {
  return (
    <div role="search" aria-label="Search the trail" className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,10.5rem),1fr))] items-end gap-x-3 gap-y-2.5 pb-3 phone:grid-cols-2">
      <PersonSelect label="Person" value={filter.person} onChange={(person) => onChange({ person })} />
      <ClientSearch key={filter.client ?? 'none'} value={filter.client} onChange={(client) => onChange({ client })} />
      <Select label="What they did" options={actionOptions} value={filter.action ?? ANY} onChange={(id) => onChange({ action: id === ANY ? null : (id as Action) })} />
      <Select label="Severity" options={severityOptions} value={filter.severity ?? ANY} onChange={(id) => onChange({ severity: id === ANY ? null : (id as LineSeverity) })} />
      <DatePicker label="From" value={filter.since} {...(filter.until && { max: filter.until })} onChange={(since) => onChange({ since })} />
      <DatePicker label="Until" value={filter.until} {...(filter.since && { min: filter.since })} onChange={(until) => onChange({ until })} />
      {!isEverything(filter) && (
        <Button variant="quiet" onPress={() => onChange(everything)} className="justify-self-start">
          Show everything
        </Button>
      )}
    </div>
  )
}
