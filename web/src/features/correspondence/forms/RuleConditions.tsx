import { Plus, X } from 'lucide-react'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import type { Rule, RuleTrigger } from '../queries'
import { needsValue, operatorWords } from '../rule-words'
import type { RulePart } from './RulePanel'

type Condition = Rule['conditions'][number]
type Askable = RuleTrigger['conditions'][number]

const begun = ({ field, operators, choices }: Askable): Condition => ({ field, operator: operators[0] ?? 'equals', value: choices[0] ?? '' })

/** What must hold besides; all of it. */
export function RuleConditions({ values, trigger, change, problem }: RulePart) {
  const { conditions } = values
  const first = trigger.conditions[0]
  const put = (place: number, next: Condition) => change({ conditions: conditions.map((one, at) => (at === place ? next : one)) })
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">Only if all of these hold</legend>
      {conditions.length === 0 && <p className="text-13 text-muted">No condition: always.</p>}
      {conditions.map((condition, place) => (
        <Row key={place} place={place + 1} condition={condition} askables={trigger.conditions} onChange={(next) => put(place, next)} onRemove={() => change({ conditions: conditions.filter((_, at) => at !== place) })} />
      ))}
      {problem('conditions') && <p className="text-13 text-danger-text">{problem('conditions')}</p>}
      {first && (
        <div>
          <Button size="sm" icon={Plus} onPress={() => change({ conditions: [...conditions, begun(first)] })}>
            Add condition
          </Button>
        </div>
      )}
    </fieldset>
  )
}

type RowProps = { place: number; condition: Condition; askables: readonly Askable[]; onChange: (next: Condition) => void; onRemove: () => void }

function Row({ place, condition, askables, onChange, onRemove }: RowProps) {
  const asked = askables.find(({ field }) => field === condition.field)
  const { value } = condition
  return (
    <div role="group" aria-label={`Condition ${place}`} className="flex items-end gap-2">
      <div className="grid flex-1 grid-cols-2 gap-2">
        <Select
          label="Of"
          options={askables.map(({ field, label }) => ({ id: field, label }))}
          value={condition.field}
          onChange={(field) => {
            const chosen = askables.find((one) => one.field === field)
            if (chosen) onChange(begun(chosen))
          }}
        />
        <Select label="Must" options={(asked?.operators ?? []).map((id) => ({ id, label: operatorWords[id] }))} value={condition.operator} onChange={(operator) => onChange({ ...condition, operator })} />
        {asked && needsValue(condition.operator) && (
          <div className="col-span-2">
            {asked.kind === 'choice' ? (
              <Select label="What" options={asked.choices.map((id) => ({ id, label: id }))} value={value || null} onChange={(chosen) => onChange({ ...condition, value: chosen })} />
            ) : (
              <TextField label="What" inputMode={asked.kind === 'number' ? 'decimal' : 'text'} value={value} maxLength={200} onChange={(text) => onChange({ ...condition, value: text })} />
            )}
          </div>
        )}
      </div>
      <IconButton icon={X} label={`Remove condition ${place}`} size="sm" onPress={onRemove} placement="left" />
    </div>
  )
}
