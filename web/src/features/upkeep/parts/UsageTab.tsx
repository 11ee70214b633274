import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schema } from '@/api/schema'
import { classes } from '@/lib/classes'
import { formatNear } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { Link } from '@/ui/Link'
import { LinkButton } from '@/ui/LinkButton'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { Table, type Column } from '@/ui/Table'
import { QuotaDialog } from '../forms/QuotaDialog'
import { largestQuery, storageQuery } from '../queries'
import { count, sizeOf } from '../words'

type Storage = Schema<'StorageOut'>
type Bucket = Storage['buckets'][number]
type Large = Schema<'LargeOut'>

/** How much is kept, in all and by bucket, and what is largest. */
export function UsageTab({ zone }: { zone: string }) {
  const { data, error, refetch } = useQuery(storageQuery())
  const [changing, setChanging] = useState(false)
  if (error) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={8} label="Counting what is kept" />
  return (
    <div className="flex flex-col gap-4">
      {data.is_warning && (
        <Alert tone="warning" title={`Storage is nearly full: ${data.percent} % of what the practice means to keep`} action={<LinkButton href={paths.storageTab('clear')}>Clear up</LinkButton>}>
          Nothing is refused. See what can be cleared up, or allow for more.
        </Alert>
      )}
      <Section
        title="In all"
        aside={
          <Button size="sm" onPress={() => setChanging(true)}>
            Change quota
          </Button>
        }
      >
        <Meter storage={data} />
      </Section>
      <Section title="By bucket" flush>
        <Table label="Buckets" columns={bucketColumns} rows={data.buckets} rowKey={({ id }) => id} />
      </Section>
      <Largest zone={zone} />
      {changing && <QuotaDialog storage={data} onClose={() => setChanging(false)} />}
    </div>
  )
}

function Meter({ storage: { used_bytes, quota_bytes, percent, is_warning, store, free_bytes } }: { storage: Storage }) {
  return (
    <>
      <p className="text-14">
        <strong className="text-20 font-semibold tabular">{sizeOf(used_bytes)}</strong> of {sizeOf(quota_bytes)}, {percent} %
      </p>
      <div role="meter" aria-label="Storage used" aria-valuenow={Math.min(percent, 100)} aria-valuemin={0} aria-valuemax={100} aria-valuetext={`${percent} percent`} className="mt-2 h-2.5 overflow-hidden rounded-full bg-pressed">
        <span className={classes('block h-full rounded-full', is_warning ? 'bg-warning-line' : 'bg-accent')} style={{ width: `${Math.min(Math.max(percent, used_bytes > 0 ? 0.5 : 0), 100)}%` }} />
      </div>
      <p className="mt-2 text-13 text-muted">
        {store === 's3' ? 'Files are kept in S3, encrypted there.' : `Files are kept encrypted in the home folder; its disk has ${sizeOf(free_bytes ?? 0)} free.`} Administrators are told by mail when 80 % are reached.
      </p>
    </>
  )
}

const bucketColumns: readonly Column<Bucket>[] = [
  {
    id: 'bucket',
    title: 'Bucket',
    cell: ({ id, purpose }) => (
      <span className="flex flex-col">
        {purpose}
        <span className="text-12 font-normal text-muted">{id}</span>
      </span>
    ),
  },
  { id: 'files', title: 'Files', align: 'end', cell: ({ objects }) => <span className="whitespace-nowrap tabular">{count(objects, 'file')}</span> },
  { id: 'size', title: 'Size', align: 'end', phone: 'side', cell: ({ size }) => <span className="whitespace-nowrap tabular">{sizeOf(size)}</span> },
  { id: 'odd', title: 'Of these', cell: (bucket) => oddIn(bucket) || <span className="text-muted">{bucket.objects > 0 ? 'all in order' : 'nothing kept yet'}</span> },
  { id: 'kept', title: 'Kept for', cell: ({ retention_years }) => <span className="whitespace-nowrap">{count(retention_years, 'year')}</span>, phone: 'hide' },
  { id: 'most', title: 'A file at most', align: 'end', cell: ({ most_bytes }) => <span className="whitespace-nowrap tabular">{sizeOf(most_bytes)}</span>, phone: 'hide' },
]

const oddIn = ({ quarantined, missing, removed }: Bucket): string =>
  [quarantined > 0 && `${quarantined} in quarantine`, missing > 0 && `${missing} missing`, removed > 0 && `${removed} more removed after retention`].filter(Boolean).join(', ')

function Largest({ zone }: { zone: string }) {
  const { data, error } = useQuery(largestQuery())
  const columns: readonly Column<Large>[] = [
    {
      id: 'title',
      title: 'Document',
      cell: ({ title, version_number, latest_version, status }) => (
        <span className="[overflow-wrap:anywhere]">
          {title}
          {(!latest_version || status !== 'active') && <span className="ml-1.5 text-12 font-normal text-muted">{latest_version ? status : `earlier version ${version_number}`}</span>}
        </span>
      ),
    },
    { id: 'where', title: 'Where', cell: ({ client_id, client_name }) => (client_id ? <Link href={paths.clientTab(client_id, 'documents')}>{client_name}</Link> : <Link href={paths.library()}>Library</Link>) },
    { id: 'when', title: 'Added', cell: ({ uploaded_date }) => <span className="whitespace-nowrap tabular">{formatNear(uploaded_date, zone)}</span>, phone: 'hide' },
    { id: 'size', title: 'Size', align: 'end', phone: 'side', cell: ({ size }) => <span className="whitespace-nowrap tabular">{sizeOf(size)}</span> },
  ]
  return (
    <Section title="The largest files" flush>
      {error && <Alert tone="danger" className="m-4">{error.detail}</Alert>}
      {!data && !error && <SkeletonRows rows={4} label="Looking for the largest files" />}
      {data && <Table label="The largest files" columns={columns} rows={data} rowKey={({ id }) => id} empty={<p className="px-4 py-6 text-muted">No files are kept yet.</p>} />}
    </Section>
  )
}
