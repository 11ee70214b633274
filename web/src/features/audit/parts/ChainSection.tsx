import { useQuery } from '@tanstack/react-query'
import { ShieldCheck, ShieldX } from 'lucide-react'
import { useLive } from '@/api/live'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { verificationsQuery } from '../queries'

type Check = Schema<'VerificationOut'>

function Outcome({ check }: { check: Check }) {
  if (check.finished_at === null) return <span className="text-muted">Running…</span>
  if (check.fault_reason) return <StatusBadge size="sm" tone="red" icon={ShieldX} label="Broken" />
  return <StatusBadge size="sm" tone="green" icon={ShieldCheck} label="Intact" />
}

const columnsIn = (zone: string): readonly Column<Check>[] => [
  { id: 'when', title: 'Checked', cell: ({ created_at }) => <span className="font-normal whitespace-nowrap tabular">{formatMoment(created_at, zone)}</span> },
  { id: 'by', title: 'By', cell: ({ asked_by }) => asked_by.name },
  { id: 'lines', title: 'Lines', align: 'end', cell: ({ rows_checked }) => rows_checked?.toLocaleString('en-US') ?? '' },
  { id: 'outcome', title: 'Chain', phone: 'side', cell: (check) => <Outcome check={check} /> },
]

/** The chain over the trail: whether anybody has tampered with it, and the latest checks. */
export function ChainSection({ zone }: { zone: string }) {
  const { data: checks } = useQuery(verificationsQuery())
  useLive(verificationsQuery(), checks?.some(({ finished_at }) => finished_at === null) ? 2_000 : null)
  const verify = useApiMutation('post', '/api/audit/verifications', { invalidates: ['/api/audit/verifications'] })
  const broken = checks?.find(({ finished_at }) => finished_at !== null)
  return (
    <Section
      title="Is the trail as it was written?"
      flush
      aside={
        <Button size="sm" busy={verify.isPending} onPress={() => verify.mutate({})}>
          Check now
        </Button>
      }
    >
      <p className="border-b border-line px-4 py-3 text-13 text-muted">
        Each line is chained to the one before it with a key the database never sees, and the chain’s end is kept outside it. A check recomputes all of it and names the first line that was changed, removed or slipped in. It also runs every night.
      </p>
      {broken?.fault_reason && (
        <Alert tone="danger" title="The chain is broken" className="m-4">
          {`At place ${broken.fault_position?.toLocaleString('en-US') ?? 'unknown'}: ${broken.fault_reason}.`}
          {broken.fault_log_id && (
            <>
              {' Line '}
              <code className="text-12 break-all">{broken.fault_log_id}</code>.
            </>
          )}
        </Alert>
      )}
      {verify.error && <Alert tone="danger" className="m-4">{verify.error.detail}</Alert>}
      {checks === undefined ? (
        <SkeletonRows rows={3} label="Loading the checks" />
      ) : (
        <Table label="Latest checks" columns={columnsIn(zone)} rows={checks} rowKey={({ id }) => id} empty={<p className="px-4 py-6 text-muted">Nobody has checked yet.</p>} />
      )}
    </Section>
  )
}
