import { useQuery } from '@tanstack/react-query'
import { queryClient, useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { ErrorState } from '@/ui/ErrorState'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { SkeletonRows } from '@/ui/Skeleton'
import { toast } from '@/ui/toast-queue'
import { opensOptions, ruleTitle, type IncidentRule } from '../incident-words'
import { incidentRulesQuery } from '../queries'

/** What of what is noticed opens an incident by itself, and how grave a one. */
export function IncidentRulesTab() {
  const rules = useQuery(incidentRulesQuery())
  const change = useApiMutation('put', '/api/operations/incident-rules/{incident_rule_id}', {
    onSuccess: (fresh) => {
      queryClient.setQueryData(incidentRulesQuery().queryKey, (before) => before?.map((one) => (one.id === fresh.id ? fresh : one)))
      toast({ message: 'Saved' })
    },
  })
  if (rules.error && !rules.data) {
    return (
      <ErrorState title={rules.error.title} onRetry={() => void rules.refetch()}>
        {rules.error.detail}
      </ErrorState>
    )
  }
  if (!rules.data) return <SkeletonRows rows={5} label="Loading the rules" />
  const choose = (rule: IncidentRule, id: string) => change.mutate({ params: { path: { incident_rule_id: rule.id } }, body: { version: rule.version, opens: id === 'nothing' ? '' : (id as 'P0') } })
  return (
    <Section title="What opens an incident by itself" flush>
      {change.error && (
        <Alert tone="danger" className="m-4">
          {change.error.detail}
        </Alert>
      )}
      {rules.data.length === 0 && <p className="px-4 py-3 text-13 text-muted">The rules are made within a minute of the product’s first start.</p>}
      <ul>
        {rules.data.map((rule) => (
          <li key={rule.id} className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-2.5 text-13 last:border-b-0">
            <span>{ruleTitle(rule)}</span>
            <Select label={ruleTitle(rule)} hideLabel options={opensOptions} value={rule.opens || 'nothing'} onChange={(id) => choose(rule, id)} className="w-44" />
          </li>
        ))}
      </ul>
      <p className="px-4 py-3 text-13 text-muted">Alerts that open within half an hour of one another belong to one incident. What an alert is about can be resolved by itself; the incident is resolved by a person.</p>
    </Section>
  )
}
