import { useInfiniteQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useLive } from '@/api/live'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { SkeletonRows } from '@/ui/Skeleton'
import { severities, type Severity } from '../alert-words'
import { alertsQuery } from '../queries'
import { AlertItem } from './AlertItem'

const EVERY = 'every'
const AGAIN_MS = 20_000
const choices = [{ id: EVERY, label: 'Every severity' }, ...Object.entries(severities).map(([id, { label }]) => ({ id, label }))]

/** Alerts that stand, or that are over, a page at a time. */
export function AlertList({ stage, zone }: { stage: 'standing' | 'resolved'; zone: string }) {
  const [severity, choose] = useState<Severity | ''>('')
  const asked = { ...alertsQuery(stage, severity), refetchOnWindowFocus: false }
  const list = useInfiniteQuery(asked)
  useLive(asked, stage === 'standing' ? AGAIN_MS : null)
  const filter = <Select label="Severity" hideLabel options={choices} value={severity || EVERY} onChange={(id) => choose(id === EVERY ? '' : (id as Severity))} className="w-40" />
  if (list.error && !list.data) {
    return (
      <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
        {list.error.detail}
      </ErrorState>
    )
  }
  if (!list.data) return <SkeletonRows rows={5} label="Loading the alerts" />
  const alerts = list.data.pages.flatMap(({ items }) => items)
  if (alerts.length === 0 && severity === '') {
    return (
      <EmptyState icon={CircleCheck} title={stage === 'standing' ? 'Nothing is wrong.' : 'Nothing has been wrong yet'}>
        {stage === 'standing' ? 'Every minute the rules are held against how things stand.' : 'What was wrong is kept here, with who was told and who saw to it.'}
      </EmptyState>
    )
  }
  return (
    <Section title={stage === 'standing' ? 'Open alerts' : 'Alerts that are over'} flush aside={filter}>
      {alerts.length === 0 && <p className="px-4 py-3 text-13 text-muted">None of this severity.</p>}
      <ul>
        {alerts.map((alert) => (
          <AlertItem key={alert.id} alert={alert} zone={zone} />
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        Show earlier alerts
      </LoadMore>
    </Section>
  )
}
