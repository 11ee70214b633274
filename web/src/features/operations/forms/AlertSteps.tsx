import { Plus, Trash2 } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { IconButton } from '@/ui/IconButton'
import { NumberField } from '@/ui/NumberField'
import { ableStaff, roles, type Step } from '../alert-words'

const MOST_STEPS = 5
const NEXT: Step = { minutes: 30, roles: ['administrator'], people: [] }
type Role = Step['roles'][number]
type Staff = readonly Schema<'StaffOut'>[]

/** Who is told first, and who after how long when nobody takes it on. */
export function AlertSteps({ steps, staff, onChange, problem }: { steps: readonly Step[]; staff: Staff; onChange: (steps: Step[]) => void; problem: string | undefined }) {
  const put = (place: number, step: Step) => onChange(steps.map((one, at) => (at === place ? step : one)))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="pb-1 text-13 font-medium">Whom to tell, in this order</legend>
      {problem && <p className="text-13 text-danger-text">{problem}</p>}
      {steps.map((step, place) => (
        <OneStep key={place} place={place} step={step} staff={staff} onChange={(next) => put(place, next)} onRemove={() => onChange(steps.filter((_, at) => at !== place))} />
      ))}
      {steps.length < MOST_STEPS && (
        <Button size="sm" icon={Plus} className="self-start" onPress={() => onChange([...steps, NEXT])}>
          If nobody takes it on, tell
        </Button>
      )}
    </fieldset>
  )
}

function OneStep({ place, step, staff, onChange, onRemove }: { place: number; step: Step; staff: Staff; onChange: (step: Step) => void; onRemove: () => void }) {
  const role = (name: Role, isIn: boolean) => onChange({ ...step, roles: isIn ? [...step.roles, name] : [] })
  const person = (id: string, isIn: boolean) => onChange({ ...step, people: isIn ? [...step.people, id] : step.people.filter((one) => one !== id) })
  const able = ableStaff(staff)
  const others = step.people.filter((id) => !able.some((one) => one.id === id))
  const title = place === 0 ? 'At once' : `Step ${place + 1}`
  return (
    <fieldset className="flex flex-col gap-2 rounded-control border border-line p-3">
      <legend className="px-1 text-13 text-muted">{title}</legend>
      {place > 0 && (
        <div className="flex items-end justify-between gap-3">
          <NumberField label="Minutes after the step before" min={1} max={10_080} value={step.minutes} onChange={(minutes) => onChange({ ...step, minutes: minutes ?? NEXT.minutes })} />
          <IconButton icon={Trash2} label={`Remove step ${place + 1}`} size="sm" onPress={onRemove} />
        </div>
      )}
      <div className="grid grid-cols-2 gap-1.5">
        {(Object.keys(roles) as Role[]).map((name) => (
          <Checkbox key={name} checked={step.roles.includes(name)} onChange={(isIn) => role(name, isIn)}>
            {roles[name]}
          </Checkbox>
        ))}
      </div>
      <details open={step.people.length > 0}>
        <summary className="cursor-default text-13 text-muted">Or somebody by name</summary>
        <div className="mt-2 flex flex-col gap-1.5">
          {able.map(({ id, name }) => (
            <Checkbox key={id} checked={step.people.includes(id)} onChange={(isIn) => person(id, isIn)}>
              {name}
            </Checkbox>
          ))}
          {others.map((id) => (
            <Checkbox key={id} checked onChange={() => person(id, false)}>
              {formerName(staff.find((one) => one.id === id))}
            </Checkbox>
          ))}
        </div>
      </details>
    </fieldset>
  )
}

/** Somebody whom the step still names, and who is no longer told: saving leaves them out. */
const formerName = (one: Staff[number] | undefined) => (one === undefined ? 'Somebody who left: no longer told' : `${one.name}: no longer an administrator, and not told`)
