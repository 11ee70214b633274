import { useState } from 'react'
import type { ApiError } from '@/api/errors'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import type { Rule, RuleTrigger } from '../queries'
import { valuesOf, withTrigger, type RuleValues } from '../rule-values'
import { RuleConditions } from './RuleConditions'
import { RuleReaders } from './RuleReaders'
import { RuleRehearsal } from './RuleRehearsal'
import { RuleTiming } from './RuleTiming'
import { RuleWording } from './RuleWording'

export type RulePart = { values: RuleValues; trigger: RuleTrigger; change: (some: Partial<RuleValues>) => void; problem: (field: string) => string | undefined }

/** There is always at least one. */
export type Triggers = readonly [RuleTrigger, ...RuleTrigger[]]

const reads = ['/api/notification-rules'] as const

/** When what happens, who is told, how, and in which words; with a preview, a test to oneself and a rehearsal. */
export function RulePanel({ rule, triggers, onClose }: { rule: Rule | null; triggers: Triggers; onClose: () => void }) {
  const [values, setValues] = useState(() => valuesOf(rule, triggers[0]))
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const trigger = triggers.find(({ trigger_event }) => trigger_event === values.trigger_event) ?? triggers[0]
  const done = {
    invalidates: [...reads],
    onSuccess: () => {
      toast({ message: rule === null ? 'Rule added. It speaks of what comes from now on.' : 'Rule changed' })
      onClose()
    },
    onError: setRefusal,
  }
  const add = useApiMutation('post', '/api/notification-rules', done)
  const save = useApiMutation('put', '/api/notification-rules/{rule_id}', done)
  const submit = () => {
    if (rule === null) add.mutate({ body: values })
    else save.mutate({ params: { path: { rule_id: rule.id } }, body: { ...values, version: rule.version } })
  }
  const part: RulePart = { values, trigger, change: (some) => setValues((before) => ({ ...before, ...some })), problem: (field) => refusal?.fields[field]?.[0] }
  return (
    <Panel
      title={rule === null ? 'Add a notification rule' : 'Change a notification rule'}
      open
      onClose={onClose}
      footer={
        <>
          {rule && <Remove rule={rule} onDone={onClose} />}
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="rule" busy={add.isPending || save.isPending} disabledReason={values.rule_name.trim().length < 3 ? 'Give it a name first.' : null}>
            Save rule
          </Button>
        </>
      }
    >
      <form
        id="rule"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {refusal && <Alert tone="danger">{refusal.detail}</Alert>}
        <TextField label="Name" required value={values.rule_name} maxLength={120} onChange={(rule_name) => part.change({ rule_name })} error={part.problem('rule_name')} />
        <Select
          label="When"
          options={triggers.map(({ trigger_event }) => ({ id: trigger_event, label: trigger_event }))}
          value={values.trigger_event}
          onChange={(name) => {
            const chosen = triggers.find(({ trigger_event }) => trigger_event === name)
            if (chosen) setValues((before) => withTrigger(before, chosen))
          }}
          hint={trigger.explains}
        />
        <RuleConditions {...part} />
        <RuleTiming {...part} />
        <RuleReaders {...part} />
        <RuleWording {...part} />
        <RuleRehearsal values={values} />
      </form>
    </Panel>
  )
}

function Remove({ rule, onDone }: { rule: Rule; onDone: () => void }) {
  const [isAsking, ask] = useState(false)
  const remove = useApiMutation('delete', '/api/notification-rules/{rule_id}', {
    invalidates: [...reads],
    onSuccess: () => {
      toast({ message: 'Rule removed' })
      onDone()
    },
  })
  return (
    <>
      <Button variant="quiet" onPress={() => ask(true)} className="mr-auto">
        Remove
      </Button>
      <ConfirmDialog title="Remove this rule?" open={isAsking} onClose={() => ask(false)} action="Remove rule" danger busy={remove.isPending} error={remove.error?.detail} onConfirm={() => remove.mutate({ params: { path: { rule_id: rule.id } } })}>
        “{rule.rule_name}” tells nobody anything more, also of what waits. What it has sent stays in the outbox.
      </ConfirmDialog>
    </>
  )
}
