import { CircleCheck, Clock, TriangleAlert } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import { formatMoment } from '@/lib/dates'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { found, hasTrouble, isRunning, kinds, outcome, type Run } from '../words'

function State({ run }: { run: Run }) {
  if (isRunning(run)) return <StatusBadge size="sm" tone="blue" icon={Clock} label={run.started_at === null ? 'Waiting' : 'Running'} />
  return hasTrouble(run) ? <StatusBadge size="sm" tone="amber" icon={TriangleAlert} label="Look into it" /> : <StatusBadge size="sm" tone="green" icon={CircleCheck} label="Done" />
}

function Bar({ run }: { run: Run }) {
  const percent = run.total > 0 ? Math.round((run.done / run.total) * 100) : 0
  return (
    <ProgressBar aria-label={kinds[run.kind]} value={percent} valueLabel={outcome(run)} className="mt-1 block h-1.5 w-48 max-w-full overflow-hidden rounded-full bg-pressed">
      <span aria-hidden className="block h-full rounded-full bg-accent transition-[width] duration-200" style={{ width: `${percent}%` }} />
    </ProgressBar>
  )
}

function Outcome({ run }: { run: Run }) {
  const named = run.found.filter(({ places, kind }) => places.length > 0 && found[kind].advice !== '')
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <span>{outcome(run)}</span>
      {isRunning(run) && <Bar run={run} />}
      {run.reason && <span className="text-12 text-muted [overflow-wrap:anywhere]">“{run.reason}”</span>}
      {named.map(({ kind, places, count }) => (
        <details key={kind} className="text-12 text-muted">
          <summary className="cursor-default">{found[kind].advice}</summary>
          <ul className="mt-1 font-mono break-all">
            {places.map((place) => (
              <li key={place}>{place}</li>
            ))}
            {count > places.length && <li>and {(count - places.length).toLocaleString('en-US')} more</li>}
          </ul>
        </details>
      ))}
    </span>
  )
}

const columnsIn = (zone: string): readonly Column<Run>[] => [
  { id: 'when', title: 'When', cell: ({ created_at }) => <span className="font-normal whitespace-nowrap tabular">{formatMoment(created_at, zone)}</span> },
  { id: 'what', title: 'What', cell: ({ kind }) => <span className="whitespace-nowrap">{kinds[kind]}</span> },
  { id: 'by', title: 'By', cell: ({ asked_by }) => <span className="whitespace-nowrap">{asked_by}</span> },
  { id: 'outcome', title: 'Outcome', cell: (run) => <Outcome run={run} /> },
  { id: 'state', title: 'State', cell: (run) => <State run={run} />, phone: 'side' },
]

/** Checks and clearings up, the newest first, with how far those are that run. */
export function RunTable({ label, runs, zone, empty }: { label: string; runs: readonly Run[]; zone: string; empty: string }) {
  return <Table label={label} columns={columnsIn(zone)} rows={runs} rowKey={({ id }) => id} empty={<p className="px-4 py-6 text-muted">{empty}</p>} />
}
