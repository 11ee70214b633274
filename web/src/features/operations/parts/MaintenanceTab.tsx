import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { useLive } from '@/api/live'
import type { Schema } from '@/api/schema'
import { formatMoment, formatNear } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { RunTaskDialog } from '../forms/RunTaskDialog'
import { maintenanceQuery, maintenanceRunsQuery } from '../queries'
import { StateBadge } from './StateBadge'

/** Milliseconds between two looks: while something is being done, and otherwise. */
const SOON = 5_000
const LATER = 60_000

type Task = Schema<'MaintenanceTaskOut'>
type Run = Schema<'MaintenanceRunOut'>

const often: Record<Task['often'], { title: string; when: string }> = {
  weekly: { title: 'Every week', when: 'On Sundays at 3:30 UTC, or when the machine is on again.' },
  monthly: { title: 'Every month', when: 'On the first at 4:30 UTC, or when the machine is on again.' },
}

/** The runbook's weekly and monthly tasks, which do themselves: how each went, and doing one out of turn. */
export function MaintenanceTab({ zone }: { zone: string }) {
  const { data, error, refetch } = useQuery(maintenanceQuery())
  const isBusy = data?.some(({ waiting }) => waiting !== null) ?? false
  useLive(maintenanceQuery(), isBusy ? SOON : LATER)
  const [asked, setAsked] = useState<Task | null>(null)
  if (error && !data) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={8} label="Loading maintenance" />
  return (
    <div className="flex flex-col gap-4">
      {(['weekly', 'monthly'] as const).map((each) => (
        <Section key={each} title={often[each].title} flush>
          <p className="border-b border-line px-4 py-3 text-13 text-muted">{often[each].when}</p>
          <ul>
            {data
              .filter((task) => task.often === each)
              .map((task) => (
                <TaskItem key={task.key} task={task} zone={zone} onRun={() => setAsked(task)} />
              ))}
          </ul>
        </Section>
      ))}
      <Done zone={zone} every={isBusy ? SOON : LATER} />
      {asked && <RunTaskDialog task={asked} onClose={() => setAsked(null)} />}
    </div>
  )
}

function TaskItem({ task, zone, onRun }: { task: Task; zone: string; onRun: () => void }) {
  const { title, runbook, last, waiting, next_at } = task
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-3 text-13 last:border-b-0">
      <div className="min-w-0 flex-1 basis-72">
        <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-14 font-medium">
          {title}
          {last?.state && <StateBadge state={last.state} />}
        </h3>
        <p className="text-muted">{runbook}</p>
        {last && <p className="mt-1 [overflow-wrap:anywhere]">{last.says}</p>}
        {last && <Details run={last} />}
        <p className="mt-1 text-muted">
          {last?.finished_at ? `Done ${formatNear(last.finished_at, zone)}. ` : 'Not done yet. '}
          Next {formatNear(next_at, zone)}.
        </p>
      </div>
      {waiting ? (
        <p role="status" className="py-1 text-muted">
          {waiting.started_at ? 'Being done now …' : 'Waits for the worker …'}
        </p>
      ) : (
        <Button size="sm" icon={Play} aria-label={`Run now: ${title}`} onPress={onRun}>
          Run now
        </Button>
      )}
    </li>
  )
}

function Details({ run: { details } }: { run: Run }) {
  if (details.length === 0) return null
  return (
    <details className="mt-1">
      <summary className="cursor-default text-muted">{details.length === 1 ? 'What was found' : `All ${details.length} that were found`}</summary>
      <ul className="mt-1 flex flex-col gap-1">
        {details.map((line) => (
          <li key={line} className="line-clamp-3 [overflow-wrap:anywhere]">
            {line}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What was done, the latest first. */
function Done({ zone, every }: { zone: string; every: number }) {
  const list = useInfiniteQuery(maintenanceRunsQuery())
  useLive(maintenanceRunsQuery(), every)
  const runs = list.data?.pages.flatMap(({ items }) => items) ?? []
  if (runs.length === 0) return null
  return (
    <Section title="What was done" flush>
      <ul>
        {runs.map((run) => (
          <li key={run.id} className="border-b border-line px-4 py-3 text-13 last:border-b-0">
            <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <h3 className="text-14 font-medium">{run.title}</h3>
              {run.state && <StateBadge state={run.state} />}
            </div>
            <p className="[overflow-wrap:anywhere]">{run.says}</p>
            <p className="text-muted [overflow-wrap:anywhere]">
              {run.finished_at && formatMoment(run.finished_at, zone)}
              {run.asked_by === null ? ', on its schedule' : `, asked for by ${run.asked_by}: “${run.reason}”`}
            </p>
          </li>
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        Show earlier ones
      </LoadMore>
    </Section>
  )
}
