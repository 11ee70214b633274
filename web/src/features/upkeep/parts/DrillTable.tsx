import { CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react'
import { formatMoment } from '@/lib/dates'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { duration, steps, trouble, type Drill, type Step } from '../backups'

const looks = {
  passed: { tone: 'green', icon: CircleCheck, label: 'Passed' },
  failed: { tone: 'red', icon: TriangleAlert, label: 'Failed' },
  'could not run': { tone: 'amber', icon: CircleHelp, label: 'Could not run' },
} as const

function StepLine({ step }: { step: Step }) {
  const { icon: Icon, label } = looks[step.state]
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <strong className="font-medium">{steps[step.name]}</strong>: {step.state !== 'passed' && `${label}. `}
        {step.said} <span className="whitespace-nowrap tabular">{step.seconds.toFixed(1)} s</span>
      </span>
    </li>
  )
}

function Evidence({ drill }: { drill: Drill }) {
  const [first] = trouble(drill)
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <span className="[overflow-wrap:anywhere]">{first ? `${steps[first.name]}: ${first.said}` : `Every step passed, in ${duration(drill.seconds)}`}</span>
      <details className="text-12 text-muted">
        <summary className="cursor-default">What was tried</summary>
        <ul className="mt-1 flex max-w-prose flex-col gap-1">
          {drill.steps.map((step) => (
            <StepLine key={step.name} step={step} />
          ))}
        </ul>
        <a href={`/api/backups/drills/${drill.id}`} download={`restore-drill-${drill.id}.json`} className="mt-2 inline-block rounded-[3px] text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-accent-text">
          Signed certificate
        </a>
      </details>
    </span>
  )
}

const columnsIn = (zone: string): readonly Column<Drill>[] => [
  { id: 'when', title: 'When', cell: ({ began_at }) => <span className="font-normal whitespace-nowrap tabular">{formatMoment(began_at, zone)}</span> },
  { id: 'evidence', title: 'What came of it', cell: (drill) => <Evidence drill={drill} /> },
  {
    id: 'state',
    title: 'State',
    cell: (drill) => <StatusBadge size="sm" {...(drill.passed ? looks.passed : { ...looks.failed, label: 'Not passed' })} />,
    phone: 'side',
  },
]

/** Drills, the newest first, each with its evidence. */
export function DrillTable({ drills, zone }: { drills: readonly Drill[]; zone: string }) {
  return <Table label="Restore drills" columns={columnsIn(zone)} rows={drills} rowKey={({ id }) => id} empty={<p className="px-4 py-6 text-muted">The first drill runs tonight, after the backup.</p>} />
}
