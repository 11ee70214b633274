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
import { blankRule, channels, conditions, severities, valuesOf, type AlertRule, type AlertRules, type Channel, type RuleValues, type Severity } from '../alert-words'
import { AlertSteps } from './AlertSteps'

const EVERY = 'every'
const kinds = [
  { id: 'check' as const, label: 'A check' },
  { id: 'metric' as const, label: 'A metric' },
]
const severityOptions = Object.entries(severities).map(([id, { label }]) => ({ id: id as Severity, label }))
const LONGEST_MINUTES = 10_080

type Props = { rule: AlertRule | null; known: AlertRules; staff: readonly Schema<'StaffOut'>[]; onClose: () => void }

/** What to watch, for how long it may be so, and who is told by what. */
export function AlertRulePanel({ rule, known, staff, onClose }: Props) {
  const [values, setValues] = useState<RuleValues>(rule === null ? blankRule : valuesOf(rule))
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const change = (some: Partial<RuleValues>) => setValues({ ...values, ...some })
  const done = {
    invalidates: ['/api/operations/alert-rules' as const],
    onSuccess: () => {
      toast({ message: rule === null ? 'Rule added' : 'Rule changed' })
      onClose()
    },
    onError: setRefusal,
  }
  const add = useApiMutation('post', '/api/operations/alert-rules', done)
  const save = useApiMutation('put', '/api/operations/alert-rules/{alert_rule_id}', done)
  const submit = () => {
    if (rule === null) add.mutate({ body: values })
    else save.mutate({ params: { path: { alert_rule_id: rule.id } }, body: { ...values, version: rule.version } })
  }
  const problem = (field: string) => refusal?.fields[field]?.[0]
  const toggle = (channel: Channel, isIn: boolean) => change({ channels: isIn ? [...values.channels, channel] : values.channels.filter((one) => one !== channel) })
  const missing = values.name.trim() === '' ? 'Give it a name first.' : values.channels.length === 0 ? 'Choose how people are told.' : values.steps.some(({ roles, people }) => roles.length + people.length === 0) ? 'Choose who is told.' : null
  return (
    <Panel
      title={rule === null ? 'Add a rule' : 'Change a rule'}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="alert-rule" busy={add.isPending || save.isPending} disabledReason={missing}>
            Save rule
          </Button>
        </>
      }
    >
      <form
        id="alert-rule"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {refusal && <Alert tone="danger">{refusal.detail}</Alert>}
        <TextField label="Name" required value={values.name} maxLength={120} onChange={(name) => change({ name })} error={problem('name')} />
        {rule?.default_key ? <p className="text-13 text-muted">What this rule of the product’s own looks at stays as it is.</p> : <Watched values={values} known={known} onChange={change} problem={problem('subject')} />}
        <Select label="How bad it is" options={severityOptions} value={values.severity} onChange={(severity) => change({ severity })} hint="Texts about a warning wait until the practice’s quiet hours are over." />
        <div className="grid grid-cols-2 gap-3">
          <NumberField label="Told after (minutes)" min={0} max={LONGEST_MINUTES} value={values.hold_minutes} onChange={(hold) => change({ hold_minutes: hold ?? 0 })} error={problem('hold_minutes')} />
          <NumberField label="Over after (minutes)" min={0} max={LONGEST_MINUTES} value={values.clear_minutes} onChange={(clear) => change({ clear_minutes: clear ?? 0 })} error={problem('clear_minutes')} />
        </div>
        <fieldset className="flex flex-col gap-1.5">
          <legend className="pb-1 text-13 font-medium">By what</legend>
          {(Object.keys(channels) as Channel[]).map((channel) => (
            <Checkbox key={channel} checked={values.channels.includes(channel)} onChange={(isIn) => toggle(channel, isIn)}>
              {channels[channel]}
            </Checkbox>
          ))}
        </fieldset>
        <AlertSteps steps={values.steps} staff={staff} onChange={(steps) => change({ steps })} problem={problem('steps')} />
      </form>
    </Panel>
  )
}

function Watched({ values, known, onChange, problem }: { values: RuleValues; known: AlertRules; onChange: (some: Partial<RuleValues>) => void; problem: string | undefined }) {
  const things = values.kind === 'check' ? known.checks : known.metrics
  const subjects = [{ id: EVERY, label: values.kind === 'check' ? 'Every check' : 'Every metric' }, ...things.map(({ key, title }) => ({ id: key, label: title }))]
  const states = (Object.keys(conditions) as RuleValues['condition'][]).map((id) => ({ id, label: conditions[id][values.kind] }))
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Select label="Watch" options={kinds} value={values.kind} onChange={(kind) => onChange({ kind, subject: '' })} />
        <Select label="Which" options={subjects} value={values.subject || EVERY} onChange={(id) => onChange({ subject: id === EVERY ? '' : id })} error={problem} />
      </div>
      <Select label="When it" options={states} value={values.condition} onChange={(condition) => onChange({ condition })} />
    </>
  )
}
