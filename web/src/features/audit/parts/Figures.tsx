import { useQuery } from '@tanstack/react-query'
import type { Schema } from '@/api/schema'
import { formatMoment, formatTime } from '@/lib/dates'
import { ErrorState } from '@/ui/ErrorState'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { severityLooks } from '../looks'
import { reportQuery } from '../queries'
import { counted, spaced } from '../words'
import { ReadsByDay } from './ReadsByDay'

type Report = Schema<'SecurityReport'>
type Counted = Schema<'Counted'>

const name = (person: Schema<'Named'> | null) => person?.name ?? 'Nobody known'
const number = (count: number) => count.toLocaleString('en-US')
const trailOf = (person: Schema<'Named'> | null, action: string | null) => `/audit?${new URLSearchParams({ ...(person && { person: person.id }), ...(action && { action }) }).toString()}`

const countedColumns = (zone: string, what: string): readonly Column<Counted>[] => [
  { id: 'person', title: 'Person', cell: ({ person }) => name(person) },
  { id: 'count', title: what, align: 'end', width: 'w-24', phone: 'side', cell: ({ count }) => number(count) },
  { id: 'last', title: 'Last', align: 'end', width: 'w-52', cell: ({ last_at }) => <span className="whitespace-nowrap text-muted">{formatMoment(last_at, zone)}</span> },
]

/** A check with its findings, or the sentence that there is nothing to see. */
function Check({ title, calm, aside, isCalm, children }: { title: string; calm: string; aside?: React.ReactNode; isCalm: boolean; children: React.ReactNode }) {
  return (
    <Section title={title} flush aside={aside}>
      {isCalm ? <p className="px-4 py-3 text-muted">{calm}</p> : children}
    </Section>
  )
}

function People({ title, calm, rows, zone, what, action = null }: { title: string; calm: string; rows: readonly Counted[]; zone: string; what: string; action?: string | null }) {
  return (
    <Check title={title} calm={calm} isCalm={rows.length === 0}>
      <Table label={title} columns={countedColumns(zone, what)} rows={rows} rowKey={({ person, last_at }) => person?.id ?? last_at} rowHref={({ person }) => trailOf(person, action)} />
    </Check>
  )
}

/** The runbook's daily and weekly checks: what is wrong first, what is only worth knowing after it. */
export function Figures({ zone }: { zone: string }) {
  const { data: report, error, refetch } = useQuery(reportQuery())
  if (error) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!report) return <SkeletonRows rows={10} label="Loading the checks" />
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-muted">
        As of {formatTime(report.made_at, zone)}: {counted(report.active_users, 'person', 'people')} at work in the last 24 hours; {report.second_factor.with_factor} of {counted(report.second_factor.accounts, 'account')} with a second factor.
      </p>
      <div className="gap-4 *:mb-4 *:break-inside-avoid lg:columns-2">
        <People title="More than 50 looks at clients in 24 hours" calm="Nobody looked more than 50 times." rows={report.phi_access} zone={zone} what="Looks" action="PHI_ACCESS" />
        <Incidents report={report} />
        <SignIns report={report} zone={zone} />
        <RoleChanges report={report} zone={zone} />
        <Section title="Looks at clients, last 30 days">
          <ReadsByDay counts={report.by_day} until={report.made_at} zone={zone} />
        </Section>
        <Refusals report={report} />
        <People title="After hours (8 pm to 6 am), last 30 days" calm="Nobody looked at clients at night." rows={report.after_hours} zone={zone} what="Looks" action="PHI_ACCESS" />
        <People title="Looks at clients by person, last 30 days" calm="Nobody looked at clients." rows={report.phi_by_person} zone={zone} what="Looks" action="PHI_ACCESS" />
        <People title="Most active, last 7 days" calm="Nobody did anything." rows={report.top_users} zone={zone} what="Lines" />
      </div>
    </div>
  )
}

function Incidents({ report: { incidents } }: { report: Report }) {
  return (
    <Check title="Incidents in 24 hours" calm="No incident was raised." isCalm={incidents.length === 0} aside={<Link href="/security?tab=incidents">All incidents</Link>}>
      <Table
        label="Incidents in 24 hours"
        rows={incidents}
        rowKey={({ severity }) => severity}
        columns={[
          { id: 'severity', title: 'Severity', cell: ({ severity }) => <StatusBadge size="sm" {...severityLooks[severity]} /> },
          { id: 'open', title: 'Open', align: 'end', cell: ({ open }) => <><span className="hidden phone:inline">open </span>{open}</> },
          { id: 'looked', title: 'Looked into', align: 'end', cell: ({ investigating }) => <><span className="hidden phone:inline">looked into </span>{investigating}</> },
          { id: 'resolved', title: 'Resolved', align: 'end', cell: ({ resolved }) => <><span className="hidden phone:inline">resolved </span>{resolved}</> },
        ]}
      />
    </Check>
  )
}

function SignIns({ report: { failed_sign_ins: failed }, zone }: { report: Report; zone: string }) {
  return (
    <Check title="More than 5 failed sign-ins in 24 hours" calm="No account had more than five." isCalm={failed.length === 0}>
      <Table
        label="Failed sign-ins"
        rows={failed}
        rowKey={({ email }) => email}
        columns={[
          { id: 'account', title: 'Account', cell: ({ email }) => <span className="break-all">{email}</span> },
          { id: 'count', title: 'Tries', align: 'end', phone: 'side', cell: ({ attempts }) => number(attempts) },
          { id: 'last', title: 'Last', align: 'end', width: 'w-52', cell: ({ last_attempt }) => <span className="whitespace-nowrap text-muted">{formatMoment(last_attempt, zone)}</span> },
        ]}
      />
    </Check>
  )
}

function RoleChanges({ report: { role_changes: changes }, zone }: { report: Report; zone: string }) {
  return (
    <Check title="Given more rights, last 30 days" calm="Nobody was given a role they did not have." isCalm={changes.length === 0}>
      <Table
        label="Given more rights"
        rows={changes}
        rowKey={({ line }) => line}
        rowHref={({ line }) => `/audit?line=${line}`}
        columns={[
          { id: 'person', title: 'Person', cell: ({ person }) => name(person) },
          { id: 'gained', title: 'Became', cell: ({ gained }) => gained.map(spaced).join(', ') },
          { id: 'by', title: 'By', cell: ({ by }) => name(by) },
          { id: 'when', title: 'When', align: 'end', cell: ({ at }) => <span className="whitespace-nowrap text-muted">{formatMoment(at, zone)}</span> },
        ]}
      />
    </Check>
  )
}

function Refusals({ report: { refusals } }: { report: Report }) {
  return (
    <Check title="Refused, last 7 days" calm="Nothing was refused." isCalm={refusals.length === 0} aside={<Link href="/audit?action=REFUSED">In the trail</Link>}>
      <Table
        label="Refused"
        rows={refusals}
        rowKey={({ code }) => code}
        columns={[
          { id: 'why', title: 'Why', cell: ({ code }) => spaced(code) },
          { id: 'count', title: 'Times', align: 'end', phone: 'side', cell: ({ count }) => number(count) },
          { id: 'people', title: 'People', align: 'end', cell: ({ people }) => counted(people, 'person', 'people') },
        ]}
      />
    </Check>
  )
}
