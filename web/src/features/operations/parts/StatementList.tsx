import { useState } from 'react'
import { Hourglass, LockKeyhole } from 'lucide-react'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMinutes } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { ReasonDialog } from '@/ui/ReasonDialog'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { repairsQuery } from '../queries'
import { Repair } from './Repair'

type Statement = Schema<'RunningStatementOut'>

/** What the product has been asking the database for longer than ten seconds. One that was cancelled and stays is ended with its connection. */
export function StatementList({ statements }: { statements: Statement[] }) {
  const [asked, ask] = useState<Statement | null>(null)
  const [cancelled, mark] = useState<string[]>([])
  const needsMore = (one: Statement) => one.state !== 'active' || cancelled.includes(one.id)
  return (
    <Section title="Database" flush>
      <p className="border-b border-line px-4 py-3 text-13 text-muted">What the product has been at for more than ten seconds, of every practice of this installation, without the values it was asked with.</p>
      {statements.length === 0 ? (
        <p className="px-4 py-6 text-13 text-muted">Nothing has run for longer than ten seconds.</p>
      ) : (
        <ul aria-label="Database">
          {statements.map((one) => (
            <StatementItem key={one.id} one={one} needsMore={needsMore(one)} wasCancelled={cancelled.includes(one.id)} onAsk={() => ask(one)} />
          ))}
        </ul>
      )}
      {asked && <StatementDialog one={asked} disconnects={needsMore(asked)} onCancelled={() => mark([...cancelled, asked.id])} onClose={() => ask(null)} />}
    </Section>
  )
}

function StatementItem({ one, needsMore, wasCancelled, onAsk }: { one: Statement; needsMore: boolean; wasCancelled: boolean; onAsk: () => void }) {
  const isActive = one.state === 'active'
  return (
    <Repair
      title={<code className="line-clamp-3 text-12 font-normal" title={one.statement}>{one.statement}</code>}
      badges={isActive ? <StatusBadge size="sm" tone="amber" icon={Hourglass} label="Runs" /> : <StatusBadge size="sm" tone="red" icon={LockKeyhole} label="Holds locks, does nothing" />}
      actions={
        <Button size="sm" onPress={onAsk}>
          {needsMore ? 'End its connection' : 'End it'}
          <span className="sr-only">: number {one.pid}</span>
        </Button>
      }
    >
      <p>
        For {lasting(one.seconds)}, by {one.application}, number {one.pid}. {one.waits_for && `It waits for ${one.waits_for}. `}
        {one.holds_up > 0 && <strong className="font-medium text-danger-text">{one.holds_up === 1 ? 'Another waits for it.' : `${one.holds_up} others wait for it.`}</strong>}
      </p>
      {wasCancelled && <p>It was asked to end and has not yet. If it stays, end its connection.</p>}
    </Repair>
  )
}

const lasting = (seconds: number) => (seconds < 60 ? `${Math.round(seconds)} s` : formatMinutes(Math.round(seconds / 60)))

function StatementDialog({ one, disconnects, onCancelled, onClose }: { one: Statement; disconnects: boolean; onCancelled: () => void; onClose: () => void }) {
  const end = useApiMutation('post', '/api/operations/repairs/statements/{statement_id}/end', {
    invalidates: ['/api/operations/repairs'],
    onSuccess: (left) => {
      queryClient.setQueryData(repairsQuery().queryKey, left)
      if (!disconnects) onCancelled()
      toast({ message: disconnects ? 'Connection ended' : 'Asked to end' })
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={disconnects ? 'End this connection?' : 'End this statement?'}
      open
      onClose={onClose}
      action={disconnects ? 'End connection' : 'End statement'}
      busy={end.isPending}
      error={end.error?.detail ?? null}
      onConfirm={(reason) => end.mutate({ params: { path: { statement_id: one.id } }, body: { disconnects, reason } })}
    >
      <p>What it had begun is undone, and whoever asked for it, in whichever practice of this installation, sees that it did not work. Nothing that was saved before is lost.</p>
    </ReasonDialog>
  )
}
