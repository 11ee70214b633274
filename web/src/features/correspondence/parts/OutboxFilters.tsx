import { Chip } from '@/ui/Chip'
import { Select } from '@/ui/Select'
import { channelWords, states, stateWords, type OutboxFilter } from '../filter'

const ANY = 'any'
const channels = [{ id: ANY, label: 'E-mail and text' }, { id: 'Email', label: channelWords.Email }, { id: 'SMS', label: channelWords.SMS }] as const

export function OutboxFilters({ filter, onChange }: { filter: OutboxFilter; onChange: (change: Partial<OutboxFilter>) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5">
      <div role="group" aria-label="State" className="flex flex-wrap gap-1.5 phone:-mx-4 phone:w-dvw phone:flex-nowrap phone:overflow-x-auto phone:px-4">
        <Chip selected={filter.state === ''} onChange={() => onChange({ state: '' })}>
          All
        </Chip>
        {states.map((state) => (
          <Chip key={state} selected={filter.state === state} onChange={() => onChange({ state })}>
            {stateWords[state]}
          </Chip>
        ))}
      </div>
      <Select label="Channel" hideLabel options={channels} value={filter.channel === '' ? ANY : filter.channel} onChange={(id) => onChange({ channel: id === ANY ? '' : id })} className="w-44 phone:w-full" />
    </div>
  )
}
