import { useInfiniteQuery } from '@tanstack/react-query'
import { ClipboardCheck } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { formatMoment, formatPlainDate } from '@/lib/dates'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { signedQuery } from '../queries'
import { kinds } from '../words'
import { StateBadge } from './StateBadge'

/** Checklists as they stood when somebody signed them. */
export function HistoryTab({ zone }: { zone: string }) {
  const list = useInfiniteQuery(signedQuery())
  if (list.error && !list.data) {
    return (
      <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
        {list.error.detail}
      </ErrorState>
    )
  }
  if (!list.data) return <SkeletonRows rows={6} label="Loading signed checklists" />
  const signed = list.data.pages.flatMap(({ items }) => items)
  if (signed.length === 0) {
    return (
      <EmptyState icon={ClipboardCheck} title="Nobody has signed a checklist yet">
        What is signed off is kept here, as it stood.
      </EmptyState>
    )
  }
  return (
    <Section title="Signed checklists" flush>
      <ul>
        {signed.map((checklist) => (
          <Signed key={checklist.id} checklist={checklist} zone={zone} />
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        Show earlier checklists
      </LoadMore>
    </Section>
  )
}

function Signed({ checklist: { kind, day, signed_by, created_at, remark, lines }, zone }: { checklist: Schema<'SignedChecklistOut'>; zone: string }) {
  const worst = (['bad', 'unknown', 'attention'] as const).find((state) => lines.some((line) => line.state === state)) ?? 'good'
  return (
    <li className="border-b border-line px-4 py-3 text-13 last:border-b-0">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 className="text-14 font-medium">
          {formatPlainDate(day)}, {kinds[kind].title.toLowerCase()}
        </h3>
        <StateBadge state={worst} />
      </div>
      <p className="text-muted">
        {signed_by}, {formatMoment(created_at, zone)}
      </p>
      {remark && <p className="mt-1 [overflow-wrap:anywhere]">“{remark}”</p>}
      <details className="mt-1">
        <summary className="cursor-default text-muted">As it stood</summary>
        <ul className="mt-2 flex flex-col gap-2">
          {lines.map((line) => (
            <li key={line.title} className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="min-w-0 flex-1 basis-64">
                {line.title}
                <span className="block text-muted">{line.says.join(' ')}</span>
              </span>
              <StateBadge state={line.state} />
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}
