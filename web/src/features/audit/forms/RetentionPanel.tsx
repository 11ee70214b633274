import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { NumberField } from '@/ui/NumberField'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { Switch } from '@/ui/Switch'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { actions, type Action } from '../filter'

type RetentionRule = Schema<'RetentionRule'>
const ALL = 'all'
const options = [{ id: ALL, label: 'Every line' }, ...Object.entries(actions).map(([id, label]) => ({ id, label }))]

type RetentionPanelProps = { rules: readonly RetentionRule[]; open: boolean; onClose: () => void }

/** Keeping a class of lines longer than six years, or holding it for a case. */
export function RetentionPanel({ rules, open, onClose }: RetentionPanelProps) {
  const [kind, setKind] = useState(ALL)
  const action_type = kind === ALL ? '' : (kind as Action)
  const present = rules.find((rule) => rule.action_type === action_type)
  return (
    <Panel title="Keep lines longer" subtitle="Six years are the law’s and always hold. Here a practice keeps more." open={open} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Select label="Which lines" options={options} value={kind} onChange={setKind} />
        <RetentionForm key={`${kind} ${present?.version ?? 0}`} action_type={action_type} present={present} onDone={onClose} />
      </div>
    </Panel>
  )
}

function RetentionForm({ action_type, present, onDone }: { action_type: Action | ''; present: RetentionRule | undefined; onDone: () => void }) {
  const [years, setYears] = useState<number | null>(present?.years ?? 10)
  const [isHeld, hold] = useState(present?.is_held ?? false)
  const [reason, setReason] = useState('')
  const save = useApiMutation('put', '/api/audit/retention', {
    invalidates: ['/api/audit/retention'],
    onSuccess: () => {
      toast({ message: 'Retention saved' })
      onDone()
    },
  })
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ body: { action_type, years: years ?? 6, is_held: isHeld, reason: reason.trim(), version: present?.version ?? null } })
      }}
    >
      {save.error && <Alert tone="danger">{save.error.detail}</Alert>}
      <NumberField label="Years" min={6} max={100} value={years} onChange={setYears} error={save.error?.fields.years?.[0]} hint="States and payers may ask for more than six, for example ten." />
      <Switch checked={isHeld} onChange={hold}>
        Hold for a case: nothing goes until this is off
      </Switch>
      <TextArea label="Why" required rows={3} value={reason} onChange={setReason} error={save.error?.fields.reason?.[0]} hint="A sentence. It is kept with the rule and in the trail." />
      <Button variant="primary" type="submit" busy={save.isPending} className="self-end" disabledReason={reason.trim().length < 10 ? 'Say why in a sentence.' : null}>
        Save retention
      </Button>
    </form>
  )
}
