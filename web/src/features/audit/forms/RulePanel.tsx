import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiError } from '@/api/errors'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { NumberField } from '@/ui/NumberField'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { actions } from '../filter'
import { severityLooks } from '../looks'
import { staffQuery, type Rule, type Severity } from '../queries'

type Values = Schema<'RuleIn'>
const ANY = 'any'
const kinds = [{ id: ANY, label: 'Anything' }, ...Object.entries(actions).map(([id, label]) => ({ id, label }))]
const severities = Object.entries(severityLooks).map(([id, { label }]) => ({ id: id as Severity, label }))
const blank: Values = { name: '', action_type: 'PHI_ACCESS', event: '', resource_type: '', is_after_hours: false, is_per_person: true, threshold: 50, window_minutes: 60, severity: 'medium', recipients: [], is_active: true }

function valuesOf(rule: Rule | null): Values {
  if (rule === null) return blank
  const { name, action_type, event, resource_type, is_after_hours, is_per_person, threshold, window_minutes, severity, recipients, is_active } = rule
  return { name, action_type, event, resource_type, is_after_hours, is_per_person, threshold, window_minutes, severity, recipients, is_active }
}

/** What to watch for, how much of it is too much, and whom to tell. */
export function RulePanel({ rule, onClose }: { rule: Rule | null; onClose: () => void }) {
  const [values, setValues] = useState(valuesOf(rule))
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const change = (some: Partial<Values>) => setValues({ ...values, ...some })
  const done = {
    invalidates: ['/api/security/rules' as const],
    onSuccess: () => {
      toast({ message: rule === null ? 'Rule added' : 'Rule changed' })
      onClose()
    },
    onError: setRefusal,
  }
  const add = useApiMutation('post', '/api/security/rules', done)
  const save = useApiMutation('put', '/api/security/rules/{rule_id}', done)
  const submit = () => {
    if (rule === null) add.mutate({ body: values })
    else save.mutate({ params: { path: { rule_id: rule.id } }, body: { ...values, version: rule.version } })
  }
  const problem = (field: string) => refusal?.fields[field]?.[0]
  return (
    <Panel
      title={rule === null ? 'Add an alert rule' : 'Change an alert rule'}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="rule" busy={add.isPending || save.isPending} disabledReason={values.name.trim().length < 3 ? 'Give it a name first.' : null}>
            Save rule
          </Button>
        </>
      }
    >
      <form
        id="rule"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {refusal && <Alert tone="danger">{refusal.detail}</Alert>}
        <TextField label="Name" required value={values.name} maxLength={120} onChange={(name) => change({ name })} error={problem('name')} hint="What an administrator reads when it speaks." />
        <Select label="What to count" options={kinds} value={values.action_type || ANY} onChange={(id) => change({ action_type: id === ANY ? '' : (id as Values['action_type']) })} />
        <TextField label="Only this event" value={values.event} maxLength={80} onChange={(event) => change({ event })} error={problem('event')} hint="As a line of the trail names it, such as client_chart.read. Empty: every one." />
        <div className="grid grid-cols-2 gap-3">
          <NumberField label="More than (times)" min={0} value={values.threshold} onChange={(threshold) => change({ threshold: threshold ?? 0 })} error={problem('threshold')} />
          <NumberField label="Within (minutes)" min={1} max={10_080} value={values.window_minutes} onChange={(window_minutes) => change({ window_minutes: window_minutes ?? 60 })} error={problem('window_minutes')} />
        </div>
        <Checkbox checked={values.is_per_person} onChange={(is_per_person) => change({ is_per_person })}>
          Count each person by themselves
        </Checkbox>
        <Checkbox checked={values.is_after_hours} onChange={(is_after_hours) => change({ is_after_hours })}>
          Only between 8 pm and 6 am
        </Checkbox>
        <Select label="How serious" options={severities} value={values.severity} onChange={(severity) => change({ severity })} />
        <Recipients chosen={values.recipients} onChange={(recipients) => change({ recipients })} />
      </form>
    </Panel>
  )
}

function Recipients({ chosen, onChange }: { chosen: readonly string[]; onChange: (people: string[]) => void }) {
  const { data: staff = [] } = useQuery(staffQuery())
  const toggle = (id: string, isIn: boolean) => onChange(isIn ? [...chosen, id] : chosen.filter((person) => person !== id))
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-1 text-13 font-medium">Whom to tell</legend>
      <p className="text-13 text-muted">{chosen.length === 0 ? 'Every administrator, unless you choose somebody.' : 'Only those chosen.'}</p>
      {staff.map(({ id, name }) => (
        <Checkbox key={id} checked={chosen.includes(id)} onChange={(isIn) => toggle(id, isIn)}>
          {name}
        </Checkbox>
      ))}
    </fieldset>
  )
}
