import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { formatSession } from '@/lib/dates'
import { ErrorState } from '@/ui/ErrorState'
import { Panel } from '@/ui/Panel'
import { SkeletonRows } from '@/ui/Skeleton'
import { EditForm } from '../forms/EditForm'
import { appointmentQuery } from '../queries'
import type { Appointment } from '../status'
import type { Skipped } from '../use-move'
import { CancelDialog } from './CancelDialog'
import { SessionDetails } from './SessionDetails'
import { SessionFooter } from './SessionFooter'
import { SessionReminders } from './SessionReminders'

type SessionPanelProps = {
  id: string
  /** What the calendar already knows of it, shown until the server has answered. */
  listed: Appointment | undefined
  onClose: () => void
  onSkipped: (skipped: Skipped) => void
}

/** One session, slid over the calendar: what it is, its next step, and everything that can be done with it. */
export function SessionPanel({ id, listed, onClose, onSkipped }: SessionPanelProps) {
  const zone = useMe().practice.timezone
  const { data, error, refetch, isFetching } = useQuery({ ...appointmentQuery(id), placeholderData: listed })
  const [mode, setMode] = useState<'read' | 'edit'>('read')
  const [cancelling, setCancelling] = useState(false)
  const title = data?.client_name ?? 'Session'
  if (error || !data) {
    return (
      <Panel title={title} open onClose={onClose}>
        {error ? (
          <ErrorState title={error.isNotFound ? 'No such session' : error.title} busy={isFetching} onRetry={() => void refetch()}>
            {error.detail}
          </ErrorState>
        ) : (
          <SkeletonRows rows={5} />
        )}
      </Panel>
    )
  }
  if (mode === 'edit') return <EditForm appointment={data} onDone={() => setMode('read')} onClose={onClose} onSkipped={onSkipped} />
  return (
    <>
      <Panel title={title} subtitle={formatSession(data.starts_at, data.ends_at, zone)} open onClose={onClose} footer={<SessionFooter appointment={data} onEdit={() => setMode('edit')} onCancel={() => setCancelling(true)} />}>
        <SessionDetails appointment={data} />
        <SessionReminders appointment={data} />
      </Panel>
      {cancelling && <CancelDialog appointment={data} open onClose={() => setCancelling(false)} onSkipped={onSkipped} />}
    </>
  )
}
