import { CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'

type Finding = Schema<'FindingOut'>

const looks = {
  good: { tone: 'green', icon: CircleCheck, label: 'Good' },
  note: { tone: 'amber', icon: Info, label: 'Consider' },
  bad: { tone: 'red', icon: TriangleAlert, label: 'Put right' },
} as const
const weight = { bad: 0, note: 1, good: 2 }

const columns: readonly Column<Finding>[] = [
  { id: 'bucket', title: 'Bucket', cell: ({ bucket }) => bucket },
  {
    id: 'said',
    title: 'What was found',
    cell: ({ said, advice }) => (
      <span className="flex max-w-prose flex-col">
        {said}
        {advice && <span className="text-13 text-muted">{advice}</span>}
      </span>
    ),
  },
  { id: 'state', title: 'State', cell: ({ state }) => <StatusBadge size="sm" {...looks[state]} />, phone: 'side' },
]

/** How the buckets in S3 are set up: asked of the service on request. */
export function ConnectionTab() {
  const look = useApiMutation('post', '/api/storage/connection-check', {})
  const rows = look.data && [...look.data].sort((one, other) => weight[one.state] - weight[other.state] || one.bucket.localeCompare(other.bucket))
  return (
    <Section
      title="How S3 is set up"
      flush
      aside={
        <Button size="sm" busy={look.isPending} onPress={() => look.mutate({})}>
          Look now
        </Button>
      }
    >
      <p className="border-b border-line px-4 py-3 text-13 text-muted">Asks the service of each bucket whether it is there, closed to the public, encrypted and versioned, and whether other sites’ pages could speak to it. Changes nothing.</p>
      {look.error && <Alert tone="danger" className="m-4">{look.error.detail}</Alert>}
      {look.isPending && <SkeletonRows rows={6} label="Asking the service" />}
      {rows && <Table label="How S3 is set up" columns={columns} rows={rows} rowKey={({ bucket, about }) => `${bucket} ${about}`} />}
    </Section>
  )
}
