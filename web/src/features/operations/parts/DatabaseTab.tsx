import { useQuery } from '@tanstack/react-query'
import type { Schema } from '@/api/schema'
import { formatNear } from '@/lib/dates'
import { ErrorState } from '@/ui/ErrorState'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { Table, type Column } from '@/ui/Table'
import { databaseQuery } from '../queries'

type Load = Schema<'DatabaseOut'>
type Row<Name extends keyof Load> = NonNullable<Load[Name]> extends (infer Each)[] ? Each : never

const whole = (value: number) => Math.round(value).toLocaleString('en-US')
const MEGABYTE = 1024 * 1024
const megabytes = (bytes: number) => `${(bytes / MEGABYTE).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`
const milliseconds = (value: number) => `${whole(value)} ms`

/** What the database is busy with: slow statements, missing and unused indexes, sizes, connections. */
export function DatabaseTab({ zone }: { zone: string }) {
  const { data, error, refetch } = useQuery(databaseQuery())
  if (error) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={8} label="Asking the database" />
  return (
    <div className="flex flex-col gap-4">
      <Section title="Slow statements" flush>
        <p className="border-b border-line px-4 py-3 text-13 text-muted">Statements that take more than 100 ms on average, since the database’s statistics began. They are shown without the values they were asked with.</p>
        {data.slow === null ? (
          <p className="px-4 py-6 text-muted">This PostgreSQL was started without pg_stat_statements: put it into shared_preload_libraries.</p>
        ) : (
          <Table label="Slow statements" columns={slowColumns} rows={data.slow} rowKey={({ query }) => query} empty={<p className="px-4 py-6 text-muted">None takes longer than 100 ms on average.</p>} />
        )}
      </Section>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Section title="Connections" flush>
          <Table label="Connections" columns={connectionColumns} rows={data.connections} rowKey={({ state }) => state} empty={<p className="px-4 py-6 text-muted">None.</p>} />
        </Section>
        <Section title="Indexes" flush>
          <Indexes load={data} />
        </Section>
      </div>
      <Section title={`The largest tables, of ${megabytes(data.size)} in all`} flush>
        <Table label="The largest tables" columns={tableColumns(zone)} rows={data.tables} rowKey={({ name }) => name} />
      </Section>
    </div>
  )
}

function Indexes({ load: { missing_indexes: missing, unused_indexes: unused } }: { load: Load }) {
  if (missing.length + unused.length === 0) return <p className="px-4 py-6 text-muted">No large table is often read from end to end, and no large index lies idle.</p>
  return (
    <ul className="px-4 py-3 text-13">
      {missing.map(({ name, scans, rows }) => (
        <li key={name} className="py-1">
          <span className="font-medium">{name}</span> was read from end to end {whole(scans)} times; it has {whole(rows)} rows. An index may be missing.
        </li>
      ))}
      {unused.map(({ name, table, size }) => (
        <li key={name} className="py-1">
          <span className="font-medium">{name}</span> of {table} takes {megabytes(size)} and was never used.
        </li>
      ))}
    </ul>
  )
}

const slowColumns: readonly Column<Row<'slow'>>[] = [
  { id: 'query', title: 'Statement', cell: ({ query }) => <code className="line-clamp-3 text-12 [overflow-wrap:anywhere]" title={query}>{query}</code> },
  { id: 'calls', title: 'Calls', align: 'end', cell: ({ calls }) => whole(calls) },
  { id: 'mean', title: 'Mean', align: 'end', phone: 'side', cell: ({ mean_ms }) => <span className="whitespace-nowrap">{milliseconds(mean_ms)}</span> },
  { id: 'max', title: 'Longest', align: 'end', cell: ({ max_ms }) => <span className="whitespace-nowrap">{milliseconds(max_ms)}</span> },
]

const connectionColumns: readonly Column<Row<'connections'>>[] = [
  { id: 'state', title: 'State', cell: ({ state }) => state },
  { id: 'count', title: 'Connections', align: 'end', phone: 'side', cell: ({ count }) => whole(count) },
  { id: 'longest', title: 'Longest so', align: 'end', cell: ({ longest_seconds }) => `${whole(Math.max(longest_seconds, 0))} s` },
]

const tableColumns = (zone: string): readonly Column<Row<'tables'>>[] => [
  { id: 'name', title: 'Table', cell: ({ name }) => <span className="[overflow-wrap:anywhere]">{name}</span> },
  { id: 'size', title: 'Size', align: 'end', phone: 'side', cell: ({ size }) => <span className="whitespace-nowrap">{megabytes(size)}</span> },
  { id: 'rows', title: 'Rows', align: 'end', cell: ({ rows }) => `${whole(rows)} rows` },
  { id: 'dead', title: 'Dead', align: 'end', cell: ({ dead_share }) => `${Math.round(dead_share * 100)} % dead` },
  { id: 'vacuumed', title: 'Vacuumed', cell: ({ vacuumed_at }) => (vacuumed_at === null ? <span className="text-muted">not yet</span> : <span className="whitespace-nowrap">{formatNear(vacuumed_at, zone)}</span>) },
]
