import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatSession } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { RadioGroup } from '@/ui/RadioGroup'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import type { Appointment } from '../status'
import { needsScope, toTell, type Scope } from '../undo'
import type { Skipped } from '../use-move'
import { sessionReads } from '../use-steps'
import { scopes } from './ScopeDialog'

const reasons = ['Client cancelled', 'Client cancelled late', 'Clinician cancelled', 'Illness', 'Weather', 'Booked by mistake', 'Another reason'] as const
type Reason = (typeof reasons)[number]

type CancelDialogProps = { appointment: Appointment; open: boolean; onClose: () => void; onSkipped: (skipped: Skipped) => void }

/** A cancelled session stays cancelled, so this asks; its time is free at once. */
export function CancelDialog({ appointment, open, onClose, onSkipped }: CancelDialogProps) {
  const zone = useMe().practice.timezone
  const [reason, setReason] = useState<Reason | null>(null)
  const [own, setOwn] = useState('')
  const [scope, setScope] = useState<Scope>('this')
  const [tried, setTried] = useState(false)
  const given = reason === 'Another reason' ? own.trim() : (reason ?? '')
  const cancel = useApiMutation('post', '/api/appointments/{appointment_id}/cancellation', {
    invalidates: sessionReads,
    onSuccess: ({ booked, skipped }) => {
      onClose()
      toast({ message: booked > 1 ? `${booked} sessions cancelled` : `Session cancelled: ${formatSession(appointment.starts_at, appointment.ends_at, zone)}` })
      const left = toTell(skipped)
      if (left.length > 0) onSkipped({ done: booked, skipped: left, verb: 'cancelled' })
    },
  })
  const send = () => {
    setTried(true)
    if (given !== '') cancel.mutate({ params: { path: { appointment_id: appointment.id } }, body: { version: appointment.version, scope, reason: given } })
  }
  const missing = tried && given === '' ? 'Say why, so that the record is clear.' : undefined
  return (
    <Dialog
      title="Cancel session"
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Keep session</Button>
          <Button variant="danger" busy={cancel.isPending} onPress={send}>
            {scope === 'this' ? 'Cancel session' : 'Cancel sessions'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p>
          {appointment.client_name}, {formatSession(appointment.starts_at, appointment.ends_at, zone)}. Its time becomes free, and it stays in the record as cancelled; this cannot be taken back.
        </p>
        {cancel.error && <Alert tone="danger">{cancel.error.detail}</Alert>}
        {needsScope(appointment) && <RadioGroup label="Which sessions are meant?" options={scopes} value={scope} onChange={setScope} />}
        <Select label="Reason" required options={reasons.map((id) => ({ id, label: id }))} value={reason} onChange={setReason} error={reason === null ? missing : undefined} />
        {reason === 'Another reason' && <TextField label="In a few words" required maxLength={60} value={own} onChange={setOwn} error={missing} hint="At most 60 characters; no clinical detail." />}
      </div>
    </Dialog>
  )
}
