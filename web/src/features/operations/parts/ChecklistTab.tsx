import { useQuery } from '@tanstack/react-query'
import { PenLine, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useLive } from '@/api/live'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment, formatNear } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { toast } from '@/ui/toast-queue'
import { SignDialog } from '../forms/SignDialog'
import { checklistQuery } from '../queries'
import { kinds, type Check, type Kind } from '../words'
import { StateBadge } from './StateBadge'

const AGAIN_MS = 15_000

/** A checklist of the runbook that answers itself, and whoever signed today's. */
export function ChecklistTab({ kind, zone }: { kind: Kind; zone: string }) {
  const { data, error, refetch } = useQuery({ ...checklistQuery(kind), refetchOnWindowFocus: false })
  useLive(checklistQuery(kind), AGAIN_MS)
  const [signing, setSigning] = useState(false)
  const look = useApiMutation('post', '/api/operations/checks', { onSuccess: () => toast({ message: 'Looking now. It takes a few seconds.' }) })
  if (error && !data) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={6} label="Loading the checklist" />
  const looked = data.lines.flatMap(({ checks }) => checks.map(({ checked_at }) => checked_at ?? '')).reduce((last, at) => (at > last ? at : last), '')
  const isGood = data.lines.every(({ state }) => state === 'good')
  return (
    <div className="flex flex-col gap-4">
      {look.error && <Alert tone="danger">{look.error.detail}</Alert>}
      {data.signature && (
        <Alert tone="success" title={`Signed by ${data.signature.signed_by}, ${formatNear(data.signature.created_at, zone)}`}>
          {data.signature.remark || 'It is kept as it stood then; below is how things stand now.'}
        </Alert>
      )}
      <Section
        title={`${kinds[kind].title} checklist`}
        flush
        aside={
          <span className="flex flex-wrap justify-end gap-2">
            <Button size="sm" icon={RefreshCw} busy={look.isPending} onPress={() => look.mutate({})}>
              Look now
            </Button>
            {!data.signature && (
              <Button size="sm" variant="primary" icon={PenLine} onPress={() => setSigning(true)}>
                Sign off
              </Button>
            )}
          </span>
        }
      >
        <p className="border-b border-line px-4 py-2 text-13 text-muted">{looked ? `Looked at ${formatNear(looked, zone)}, and again every minute.` : 'Not looked at yet: the first look is within a minute.'}</p>
        <ul>
          {data.lines.map((line) => (
            <Line key={line.name} line={line} zone={zone} />
          ))}
        </ul>
      </Section>
      {signing && <SignDialog kind={kind} isGood={isGood} onClose={() => setSigning(false)} />}
    </div>
  )
}

function Line({ line: { title, state, checks }, zone }: { line: Schema<'ChecklistLineOut'>; zone: string }) {
  return (
    <li className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 className="text-14 font-medium">{title}</h3>
        <StateBadge state={state} />
      </div>
      <ul className="mt-1 flex flex-col gap-2">
        {checks.map((check) => (
          <Answer key={check.name} check={check} zone={zone} isAlone={checks.length === 1} />
        ))}
      </ul>
    </li>
  )
}

/** What one check found; what to do only where there is something to do. */
function Answer({ check: { title, state, says, details, fix, page, since }, zone, isAlone }: { check: Check; zone: string; isAlone: boolean }) {
  const isGood = state === 'good'
  return (
    <li className="text-13">
      <p className="text-muted">
        {!isAlone && <span className="font-medium text-text">{title}: </span>}
        {says}
        {!isGood && since !== null && ` So since ${formatMoment(since, zone)}.`}
      </p>
      {details.length > 0 && (
        <ul className="mt-1 list-disc pl-5 [overflow-wrap:anywhere]">
          {details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
      {!isGood && (
        <div className="mt-1.5 flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1 basis-64">{fix}</span>
          {page && (
            <LinkButton size="sm" href={page}>
              See {title.toLowerCase()}
            </LinkButton>
          )}
        </div>
      )}
    </li>
  )
}
