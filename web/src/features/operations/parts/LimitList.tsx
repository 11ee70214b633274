import { useState } from 'react'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { ReasonDialog } from '@/ui/ReasonDialog'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { repairsQuery } from '../queries'
import { Repair } from './Repair'

type Limit = Schema<'ReachedLimitOut'>

/** Who tried something too often and has to wait. */
export function LimitList({ limits, zone }: { limits: Limit[]; zone: string }) {
  const [asked, ask] = useState<Limit | null>(null)
  return (
    <Section title="Limits of tries" flush>
      <p className="border-b border-line px-4 py-3 text-13 text-muted">People of the practice, and network addresses, that tried something too often and have to wait.</p>
      {limits.length === 0 ? (
        <p className="px-4 py-6 text-13 text-muted">Nobody has to wait.</p>
      ) : (
        <ul aria-label="Limits of tries">
          {limits.map((limit) => (
            <Repair
              key={limit.id}
              title={`${limit.operation}: ${whose(limit)}`}
              actions={
                <Button size="sm" onPress={() => ask(limit)}>
                  Lift<span className="sr-only">: {limit.operation}, {whose(limit)}</span>
                </Button>
              }
            >
              {limit.attempts.toLocaleString('en-US')} tries, of {limit.most.toLocaleString('en-US')} that are allowed; over by itself {formatMoment(limit.until, zone)}.
            </Repair>
          ))}
        </ul>
      )}
      {asked && <LimitDialog limit={asked} onClose={() => ask(null)} />}
    </Section>
  )
}

const whose = ({ person, address }: Limit) => person ?? `everybody at ${address ?? 'an unknown address'}`

function LimitDialog({ limit, onClose }: { limit: Limit; onClose: () => void }) {
  const lift = useApiMutation('post', '/api/operations/repairs/limits/{limit_id}/lift', {
    onSuccess: (left) => {
      queryClient.setQueryData(repairsQuery().queryKey, left)
      toast({ message: 'Limit lifted' })
      onClose()
    },
  })
  return (
    <ReasonDialog title="Lift this limit?" open onClose={onClose} action="Lift limit" busy={lift.isPending} error={lift.error?.detail ?? null} onConfirm={(reason) => lift.mutate({ params: { path: { limit_id: limit.id } }, body: { reason } })}>
      <p className="font-medium">
        {limit.operation}: {whose(limit)}
      </p>
      <p className="mt-1">The tries begin to count anew. Make sure that it is not somebody guessing{limit.person === null ? '' : ': ask the person'}.</p>
    </ReasonDialog>
  )
}
