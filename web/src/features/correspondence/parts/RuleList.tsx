import { useQuery } from '@tanstack/react-query'
import { BellOff } from 'lucide-react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatNear } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { Switch } from '@/ui/Switch'
import { staffQuery, type Rule } from '../queries'
import { ruleSentence } from '../rule-words'

/** Every rule as a sentence, with when it last spoke and how often, and the switch. */
export function RuleList({ rules, onChange }: { rules: readonly Rule[]; onChange: (rule: Rule) => void }) {
  const zone = useMe().practice.timezone
  const { data: staff = [] } = useQuery(staffQuery())
  const names = new Map(staff.map(({ id, name }) => [id, name]))
  const turn = useApiMutation('put', '/api/notification-rules/{rule_id}/switch', { invalidates: ['/api/notification-rules'] })
  if (rules.length === 0) {
    return (
      <EmptyState icon={BellOff} title="No rules">
        Nobody is told of anything by rules. Those a practice begins with come by themselves within a few minutes, unless they were removed.
      </EmptyState>
    )
  }
  return (
    <>
      {turn.error && <Alert tone="danger">{turn.error.detail}</Alert>}
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        <ul aria-label="Notification rules" className="divide-y divide-line">
          {rules.map((rule) => (
            <li key={rule.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
              <div className="min-w-0 flex-1 basis-72">
                <p className="font-medium break-words">{rule.rule_name}</p>
                <p className="text-13 text-muted">{ruleSentence(rule, names)}</p>
                <p className="text-12 text-muted tabular">{rule.last_executed_at ? `${rule.execution_count} sent, last ${formatNear(rule.last_executed_at, zone)}` : 'Has told nobody yet'}</p>
              </div>
              <Switch checked={rule.is_active} disabled={turn.isPending} onChange={(is_active) => turn.mutate({ params: { path: { rule_id: rule.id } }, body: { version: rule.version, is_active } })}>
                <span className="sr-only">{rule.rule_name}: </span>
                {rule.is_active ? 'On' : 'Off'}
              </Switch>
              <Button size="sm" onPress={() => onChange(rule)}>
                Change<span className="sr-only"> {rule.rule_name}</span>
              </Button>
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}
