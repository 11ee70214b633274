import { useApiMutation } from '@/api/queries'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DescriptionList } from '@/ui/DescriptionList'
import { ErrorState } from '@/ui/ErrorState'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { Table, type Column } from '@/ui/Table'
import { asTyped, duration, kinds, overdue, type Backup, type Backups } from '../backups'
import { useBackups } from '../queries'
import { count, sizeOf } from '../words'
import { DrillTable } from './DrillTable'

/** What can be brought back, how far behind it is, and what the drills found. */
export function BackupsTab({ zone }: { zone: string }) {
  const { data, error, refetch } = useBackups()
  if (error) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={8} label="Looking at the backups" />
  if (data.state === 'elsewhere') {
    return (
      <Alert tone="info" title="Backups are made where the database is">
        This installation uses a PostgreSQL of its own. Whoever runs that server makes the backups and can restore any moment; nothing is backed up from here.
      </Alert>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      {data.overdue.map((what) => (
        <Alert key={what} tone="danger" title={overdue[what]} />
      ))}
      {data.failure && (
        <Alert tone="danger" title="The last backup was not made">
          {data.failure}
        </Alert>
      )}
      {data.state === 'here' && <Here backups={data} zone={zone} />}
    </div>
  )
}

function Here({ backups, zone }: { backups: Backups; zone: string }) {
  return (
    <>
      {!backups.has_recovery_key && (
        <Alert tone="warning" title="If this machine is lost, nobody can open these backups">
          Whoever runs the server makes a recovery key with <Command>mentalspace backup --recovery-key</Command> and keeps it somewhere else.
        </Alert>
      )}
      <Standing backups={backups} zone={zone} />
      <Section title="Restore drills" flush>
        <p className="border-b border-line px-4 py-3 text-13 text-muted">Every night the newest backup is restored beside the live database, brought to an agreed moment, compared, looked at, and taken away again. What could not be tried does not count as passed.</p>
        <DrillTable drills={backups.drills} zone={zone} />
      </Section>
      <Section title="Backups" flush>
        <Table label="Backups" columns={columnsIn(zone)} rows={backups.backups} rowKey={({ id }) => id} empty={<p className="px-4 py-6 text-muted">The first backup is made within a minute or two of the first start.</p>} />
      </Section>
      <Restoring backups={backups} zone={zone} />
    </>
  )
}

function Standing({ backups, zone }: { backups: Backups; zone: string }) {
  const start = useApiMutation('post', '/api/backups', { invalidates: ['/api/backups'] })
  const drill = useApiMutation('post', '/api/backups/drills', { invalidates: ['/api/backups'] })
  const passed = backups.drills.find((each) => each.passed)
  const failure = start.error ?? drill.error
  return (
    <Section
      title="How it stands"
      aside={
        <span className="flex flex-wrap gap-2">
          <Button size="sm" busy={drill.isPending} disabledReason={drillWaits(backups)} onPress={() => drill.mutate({})}>
            Run the drill now
          </Button>
          <Button size="sm" busy={start.isPending} disabledReason={backups.backup_runs ? 'A backup runs now.' : null} onPress={() => start.mutate({})}>
            Back up now
          </Button>
        </span>
      }
    >
      {failure && (
        <Alert tone="danger" className="mb-3">
          {failure.detail}
        </Alert>
      )}
      <DescriptionList
        items={[
          { term: 'Everything is kept up to', value: backups.behind_seconds === null ? 'The first minute is still to come' : `${duration(backups.behind_seconds)} ago` },
          { term: 'Can be brought back', value: moments(backups, zone) },
          { term: 'Last backup', value: backups.backup_runs ? 'Being made now' : last(backups, zone) },
          { term: 'Last drill that passed', value: backups.drill_runs ? 'A drill runs now' : passed ? `${formatMoment(passed.ended_at, zone)}, in ${duration(passed.seconds)}` : 'None yet' },
          { term: 'Backups take up', value: `${sizeOf(backups.size)}, encrypted` },
        ]}
      />
    </Section>
  )
}

function drillWaits({ drill_runs, backups }: Backups): string | null {
  if (drill_runs) return 'A drill runs now.'
  return backups.length === 0 ? 'There is no backup to try yet.' : null
}

const last = ({ backups: [newest] }: Backups, zone: string): string => (newest ? `${formatMoment(newest.began_at, zone)}, ${sizeOf(newest.size)}, read back and whole` : 'None yet')

const moments = ({ oldest_moment, newest_moment }: Backups, zone: string): string => (oldest_moment && newest_moment ? `Any moment from ${formatMoment(oldest_moment, zone)} to ${formatMoment(newest_moment, zone)}, as the list below says` : 'Nothing yet')

const columnsIn = (zone: string): readonly Column<Backup>[] => [
  { id: 'when', title: 'Made', cell: ({ began_at }) => <span className="font-normal whitespace-nowrap tabular">{formatMoment(began_at, zone)}</span> },
  { id: 'kind', title: 'Kind', cell: ({ kind }) => <span className="whitespace-nowrap">{kinds[kind]}</span> },
  { id: 'holds', title: 'Brings back', cell: ({ since, until }) => (since === until ? formatMoment(since, zone) : `${formatMoment(since, zone)} to ${formatMoment(until, zone)}`) },
  { id: 'files', title: 'With', cell: ({ objects }) => <span className="whitespace-nowrap">{count(objects, 'file')}</span>, phone: 'hide' },
  { id: 'size', title: 'Size', align: 'end', phone: 'side', cell: ({ size }) => <span className="whitespace-nowrap tabular">{sizeOf(size)}</span> },
]

function Restoring({ backups: { newest_moment }, zone }: { backups: Backups; zone: string }) {
  if (!newest_moment) return null
  const moment = asTyped(newest_moment)
  return (
    <Section title="Bringing a moment back">
      <div className="flex max-w-prose flex-col gap-3 text-14">
        <p>A restore is a command on the server. Times are written in UTC; {formatMoment(newest_moment, zone)} here is {moment} there.</p>
        <p>
          Everything, once the product is stopped. The database of now is kept aside, and the restore is written into the audit trail:
          <Command>mentalspace restore --to {moment}</Command>
        </p>
        <p>
          One table: what is different is shown first, and put back with <code className="font-mono text-13">--apply</code>, while people go on working:
          <Command>mentalspace restore --to {moment} --table appointments</Command>
        </p>
        <p>
          Only to look, in a folder of its own:
          <Command>mentalspace restore --to {moment} --into /some/new/folder</Command>
        </p>
      </div>
    </Section>
  )
}

function Command({ children }: { children: React.ReactNode }) {
  return <code className="mt-1 block rounded-control bg-pressed px-2 py-1 font-mono text-13 [overflow-wrap:anywhere]">{children}</code>
}
