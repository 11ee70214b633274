import { Ban, CalendarCheck, CalendarClock, Ellipsis, Play, Square, Undo2, UserX, DoorOpen, type LucideIcon } from 'lucide-react'
import { useMe } from '@/api/me'
import { today } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { Menu, type MenuEntry } from '@/ui/Menu'
import { whyNotCancel, whyNotEdit, whyNotStep } from '../can'
import type { Appointment } from '../status'
import { nextStep, stepsOf, stepWords, type Step } from '../steps'
import { useSteps } from '../use-steps'
import { StepButton } from './StepButton'

const icons: Record<Step, LucideIcon> = { confirm: CalendarCheck, check_in: DoorOpen, start: Play, end: Square, no_show: UserX, undo_check_in: Undo2, undo_no_show: Undo2 }

type SessionFooterProps = { appointment: Appointment; onEdit: () => void; onCancel: () => void }

/** The next step as a button; every other one in the menu, and those refused say why. */
export function SessionFooter({ appointment, onEdit, onCancel }: SessionFooterProps) {
  const me = useMe()
  const zone = me.practice.timezone
  const { take, isBusy } = useSteps()
  const next = nextStep(appointment, { me, zone, today: today(zone) })
  const steps: MenuEntry[] = stepsOf(appointment)
    .filter((step) => step !== next)
    .map((step) => ({ id: step, label: stepWords[step], icon: icons[step], disabledReason: whyNotStep(appointment) ?? tooEarly(step, appointment), onAction: () => take(step, appointment) }))
  const cancel: MenuEntry = { id: 'cancel', label: 'Cancel session…', icon: Ban, danger: true, disabledReason: whyNotCancel(appointment), onAction: onCancel }
  return (
    <>
      <Menu
        label="More with this session"
        placement="top start"
        groups={[...(steps.length > 0 ? [{ id: 'steps', items: steps }] : []), { id: 'cancel', items: [cancel] }]}
        trigger={
          <Button icon={Ellipsis} busy={isBusy} className="mr-auto">
            More
          </Button>
        }
      />
      <Button icon={CalendarClock} disabledReason={whyNotEdit(appointment)} onPress={onEdit}>
        Edit session
      </Button>
      <StepButton appointment={appointment} />
    </>
  )
}

/** Nobody has missed what has not begun. */
const tooEarly = (step: Step, { starts_at }: Appointment): string | null => (step === 'no_show' && Date.parse(starts_at) > Date.now() ? 'Its time has not come yet.' : null)
