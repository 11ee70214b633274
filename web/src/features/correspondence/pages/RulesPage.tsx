import { useQuery } from '@tanstack/react-query'
import { BellPlus } from 'lucide-react'
import { useState } from 'react'
import { meQuery, useMe } from '@/api/me'
import { prefetch, queryClient } from '@/api/queries'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { setsRules } from '../can'
import { RulePanel, type Triggers } from '../forms/RulePanel'
import { MessagesFrame } from '../parts/MessagesFrame'
import { NotYours } from '../parts/NotYours'
import { RuleList } from '../parts/RuleList'
import { rulesQuery, triggersQuery, type Rule, type RuleTrigger } from '../queries'

export async function loader() {
  const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
  return setsRules(me) ? prefetch(rulesQuery(), triggersQuery()) : null
}

export function Component() {
  return setsRules(useMe()) ? <Rules /> : <NotYours />
}

function Rules() {
  const { data: rules, error, refetch } = useQuery(rulesQuery())
  const { data: triggers } = useQuery(triggersQuery())
  const [editing, edit] = useState<Rule | 'new' | null>(null)
  const rule = editing === 'new' ? null : editing
  return (
    <MessagesFrame tab="rules">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-13 text-muted">When something happens, these people are told: once each, and of nothing that lay before the rule. Messages outside the product name no client.</p>
        <Button variant="primary" icon={BellPlus} disabledReason={triggers ? null : 'What rules can be made of is still loading.'} onPress={() => edit('new')}>
          Add rule
        </Button>
      </div>
      {rules ? (
        <RuleList rules={rules} onChange={edit} />
      ) : error ? (
        <ErrorState title={error.title} onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      ) : (
        <SkeletonRows rows={6} label="Loading the rules" />
      )}
      {editing !== null && hasSome(triggers) && <RulePanel key={rule?.id ?? 'new'} rule={rule} triggers={triggers} onClose={() => edit(null)} />}
    </MessagesFrame>
  )
}

const hasSome = (triggers: readonly RuleTrigger[] | undefined): triggers is Triggers => triggers !== undefined && triggers.length > 0
