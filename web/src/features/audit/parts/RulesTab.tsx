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
import { RulePanel } from '../forms/RulePanel'
import { actions } from '../filter'
import { severityLooks } from '../looks'
import { rulesQuery, type Rule } from '../queries'
import { spanWords, spaced } from '../words'

const kindOf = ({ action_type, event }: Rule) => (event ? spaced(event.replaceAll('.', ' ')) : action_type ? actions[action_type].toLowerCase() : 'anything')

/** What a rule watches for, as a sentence. */
function sentence(rule: Rule): string {
  const who = rule.is_per_person ? 'by one person' : 'in the whole practice'
  const night = rule.is_after_hours ? ', between 8 pm and 6 am' : ''
  const times = rule.threshold === 0 ? 'Once or more' : rule.threshold === 1 ? 'More than once' : `More than ${rule.threshold.toLocaleString('en-US')} times`
  return `${times} within ${spanWords(rule.window_minutes)} ${who}: ${kindOf(rule)}${night}.`
}

export function RulesTab() {
  const { data: rules, error, refetch } = useQuery(rulesQuery())
  const [editing, edit] = useState<Rule | 'new' | null>(null)
  const turn = useApiMutation('put', '/api/security/rules/{rule_id}', { invalidates: ['/api/security/rules'] })
  if (error) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3 pb-3">
        <p className="max-w-prose text-13 text-muted">Every minute these are held against the trail. What is over a rule becomes an incident, and its recipients are told by e-mail; low ones wait on the list.</p>
        <Button variant="primary" icon={BellPlus} onPress={() => edit('new')}>
          Add rule
        </Button>
      </div>
      {turn.error && <Alert tone="danger" className="mb-3">{turn.error.detail}</Alert>}
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        {rules === undefined ? (
          <SkeletonRows rows={7} label="Loading the rules" />
        ) : (
          <ul aria-label="Alert rules" className="divide-y divide-line">
            {rules.map((rule) => (
              <li key={rule.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
                <div className="min-w-0 flex-1 basis-64">
                  <p className="flex flex-wrap items-center gap-2 font-medium">
                    {rule.name} <StatusBadge size="sm" {...severityLooks[rule.severity]} />
                  </p>
                  <p className="text-13 text-muted">{sentence(rule)}</p>
                </div>
                <Switch checked={rule.is_active} disabled={turn.isPending} onChange={(is_active) => turn.mutate({ params: { path: { rule_id: rule.id } }, body: { ...rule, is_active } })}>
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
      {editing !== null && <RulePanel key={editing === 'new' ? 'new' : editing.id} rule={editing === 'new' ? null : editing} onClose={() => edit(null)} />}
    </>
  )
}
