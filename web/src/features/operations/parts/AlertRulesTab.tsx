import { useQuery } from '@tanstack/react-query'
import { BellPlus } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { Switch } from '@/ui/Switch'
import { channels, listed, ruleWords, severities, stepWords, valuesOf, type AlertRule } from '../alert-words'
import { AlertRulePanel } from '../forms/AlertRulePanel'
import { alertRulesQuery, staffQuery } from '../queries'

/** When something is an alert, how bad that is, and who is told in which order. */
export function AlertRulesTab() {
  const { data, error, refetch } = useQuery(alertRulesQuery())
  const { data: staff = [] } = useQuery(staffQuery())
  const [editing, edit] = useState<AlertRule | 'new' | null>(null)
  const turn = useApiMutation('put', '/api/operations/alert-rules/{alert_rule_id}', { invalidates: ['/api/operations/alert-rules'] })
  if (error && !data) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  const names = new Map(staff.map(({ id, name }) => [id, name]))
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3 pb-3">
        <p className="max-w-prose text-13 text-muted">Held against checks and metrics every minute. What a rule finds is told once; when nobody takes it on, the next are told.</p>
        <Button variant="primary" icon={BellPlus} disabledReason={data ? null : 'The rules are being loaded.'} onPress={() => edit('new')}>
          Add rule
        </Button>
      </div>
      {turn.error && (
        <Alert tone="danger" className="mb-3">
          {turn.error.detail}
        </Alert>
      )}
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        {data === undefined ? (
          <SkeletonRows rows={5} label="Loading the rules" />
        ) : data.rules.length === 0 ? (
          <p className="px-4 py-3 text-13 text-muted">The product’s own rules are here within a minute of its first start.</p>
        ) : (
          <ul aria-label="Rules for alerts" className="divide-y divide-line">
            {data.rules.map((rule) => (
              <li key={rule.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
                <div className="min-w-0 flex-1 basis-64">
                  <p className="flex flex-wrap items-center gap-2 font-medium">
                    {rule.name} <StatusBadge size="sm" {...severities[rule.severity]} />
                  </p>
                  <p className="text-13 text-muted">
                    {ruleWords(rule, data)} {stepWords(rule.steps, names)} By {listed(rule.channels.map((one) => channels[one].toLowerCase()))}.
                  </p>
                </div>
                <Switch checked={rule.is_active} disabled={turn.isPending} onChange={(is_active) => turn.mutate({ params: { path: { alert_rule_id: rule.id } }, body: { ...valuesOf(rule), version: rule.version, is_active } })}>
                  <span className="sr-only">{rule.name}: </span>
                  {rule.is_active ? 'On' : 'Off'}
                </Switch>
                <Button size="sm" onPress={() => edit(rule)}>
                  Change<span className="sr-only"> {rule.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {editing !== null && data && <AlertRulePanel key={editing === 'new' ? 'new' : editing.id} rule={editing === 'new' ? null : editing} known={data} staff={staff} onClose={() => edit(null)} />}
    </>
  )
}
