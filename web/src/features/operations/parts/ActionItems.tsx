import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { addDays, formatPlainDate, today } from '@/lib/dates'
import { newId } from '@/lib/uuid'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { DateField } from '@/ui/DateField'
import { Section } from '@/ui/Section'
import { TextField } from '@/ui/TextField'
import { changed, inPath } from '../forms/incident-change'
import type { ActionItem, Incident } from '../incident-words'
import { OperatorSelect } from './OperatorSelect'

const A_WEEK = 7
const SHORTEST = 3

/** What is to be done so that it does not happen again. */
export function ActionItems({ incident, zone }: { incident: Incident; zone: string }) {
  const [adding, add] = useState(false)
  return (
    <Section
      title="Action items"
      aside={
        adding ? undefined : (
          <Button size="sm" onPress={() => add(true)}>
            Add
          </Button>
        )
      }
    >
      {incident.action_items.length === 0 && !adding && <p className="text-13 text-muted">None yet. What would keep it from happening again?</p>}
      <ul className="flex flex-col gap-2">
        {incident.action_items.map((item) => (
          <Item key={`${item.id} ${item.version}`} incident={incident} item={item} zone={zone} />
        ))}
      </ul>
      {adding && <AddItem incident={incident} zone={zone} onDone={() => add(false)} />}
    </Section>
  )
}

function Item({ incident, item, zone }: { incident: Incident; item: ActionItem; zone: string }) {
  const isDone = item.done_at !== null
  const save = useApiMutation('put', '/api/operations/incident-action-items/{action_item_id}', changed(incident, isDone ? 'Open again' : 'Done'))
  const { what, assignee, due_on, version } = item
  const toggle = (is_done: boolean) => save.mutate({ params: { path: { action_item_id: item.id } }, body: { version, what, assignee: assignee.id, due_on, is_done } })
  const isLate = !isDone && due_on < today(zone)
  return (
    <li className="text-13">
      <Checkbox checked={isDone} disabled={save.isPending} onChange={toggle}>
        {what}
      </Checkbox>
      <p className={isLate ? 'pl-7 font-medium text-danger' : 'pl-7 text-muted'}>
        {isDone ? `Done by ${item.done_by ?? 'somebody'}` : `${assignee.name}, ${isLate ? 'overdue since' : 'until'} ${formatPlainDate(due_on)}`}
      </p>
      {save.error && <Alert tone="danger">{save.error.detail}</Alert>}
    </li>
  )
}

function AddItem({ incident, zone, onDone }: { incident: Incident; zone: string; onDone: () => void }) {
  const [id] = useState(newId)
  const [what, setWhat] = useState('')
  const [assignee, choose] = useState<string | null>(incident.commander?.id ?? null)
  const [due, setDue] = useState<string | null>(addDays(today(zone), A_WEEK))
  const add = useApiMutation('post', '/api/operations/incidents/{operations_incident_id}/action-items', changed(incident, 'Action item added', onDone))
  const ready = what.trim().length >= SHORTEST && assignee && due ? { id, what: what.trim(), assignee, due_on: due } : null
  return (
    <div className="mt-3 flex flex-col gap-3 border-t border-line pt-3">
      {add.error && <Alert tone="danger">{add.error.detail}</Alert>}
      <TextField label="What is to be done" value={what} onChange={setWhat} maxLength={300} autoFocus />
      <OperatorSelect label="By whom" value={assignee} onChange={choose} placeholder="Choose" error={add.error?.fields.assignee?.[0]} />
      <DateField label="Until" value={due} onChange={setDue} />
      <div className="flex gap-2">
        <Button size="sm" onPress={onDone}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" busy={add.isPending} disabledReason={ready ? null : 'Say what, by whom and until when.'} onPress={() => ready && add.mutate({ ...inPath(incident), body: ready })}>
          Add the item
        </Button>
      </div>
    </div>
  )
}
