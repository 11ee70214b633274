import { DoorOpen, FilePen, FilePlus, FileText, Play, Square, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { today } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { LinkButton } from '@/ui/LinkButton'
import { toast } from '@/ui/toast-queue'
import type { Appointment } from '../status'
import { isJustStarted, nextStep, stepWords, type Next } from '../steps'
import { sessionReads, useSteps } from '../use-steps'

const icons: Record<Next, LucideIcon> = { check_in: DoorOpen, start: Play, end: Square, write_note: FilePlus, open_note: FileText }

type StepButtonProps = { appointment: Appointment; size?: 'sm' | 'md'; /** Quiet where many stand below each other and this is not the one in hand. */ quiet?: boolean; className?: string }

/** The one thing to do next with a session: check in, start, end, write the note. */
export function StepButton({ appointment, size = 'md', quiet = false, className }: StepButtonProps) {
  const me = useMe()
  const navigate = useNavigate()
  const { take, isBusy } = useSteps()
  const [confirming, setConfirming] = useState(false)
  const begin = useApiMutation('post', '/api/notes', {
    invalidates: sessionReads,
    onSuccess: ({ id }) => navigate(paths.note(id)),
    onError: (error) => toast({ message: `No note was begun: ${error.detail}`, tone: 'danger' }),
  })
  const zone = me.practice.timezone
  const next = nextStep(appointment, { me, zone, today: today(zone) })
  if (next === null) return null
  const isDraft = next === 'open_note' && appointment.note_state === 'draft'
  const variant = next === 'open_note' && !isDraft ? 'quiet' : quiet ? 'soft' : 'primary'
  const look = { size, variant, icon: isDraft ? FilePen : icons[next], className } as const
  if (next === 'open_note') {
    return (
      <LinkButton {...look} href={paths.note(appointment.note_id ?? '')}>
        {isDraft ? 'Finish note' : stepWords.open_note}
      </LinkButton>
    )
  }
  const press = () => {
    if (next === 'write_note') begin.mutate({ body: { appointment_id: appointment.id, note_format: 'SOAP' } })
    else if (next === 'end' && isJustStarted(appointment, Date.now())) setConfirming(true)
    else take(next, appointment)
  }
  return (
    <>
      <Button {...look} busy={isBusy || begin.isPending} aria-label={`${stepWords[next]}: ${appointment.client_name}`} onPress={press}>
        {stepWords[next]}
      </Button>
      <ConfirmDialog
        title="End session so soon?"
        open={confirming}
        onClose={() => setConfirming(false)}
        action="End session"
        keep="Go on with the session"
        onConfirm={() => {
          setConfirming(false)
          take('end', appointment)
        }}
      >
        The session with {appointment.client_name} began less than a minute ago. Ending it fixes its length.
      </ConfirmDialog>
    </>
  )
}
