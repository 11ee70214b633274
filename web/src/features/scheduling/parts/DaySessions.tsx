import { useMe } from '@/api/me'
import { minutesBetween, formatMinutes, formatTime, formatTimes } from '@/lib/dates'
import { noteOfSessionLooks } from '@/lib/looks'
import { paths } from '@/lib/paths'
import { Link } from '@/ui/Link'
import { StatusBadge } from '@/ui/StatusBadge'
import { Timeline, type TimelineItem } from '@/ui/Timeline'
import { writesNoteOf } from '../can'
import { isOff, standing, type Appointment } from '../status'
import { useNow } from '../use-now'
import { StepButton } from './StepButton'

type DaySessionsProps = { appointments: readonly Appointment[]; zone: string; isToday: boolean; withClinician: boolean }

const isOpen = ({ status }: Appointment) => status === 'Scheduled' || status === 'Confirmed' || status === 'Checked In' || status === 'In Session'

/** The session in hand: the one under way, else the next that is not over. */
export function inHand(appointments: readonly Appointment[], now: number): string | undefined {
  const running = appointments.find(({ status }) => status === 'In Session') ?? appointments.find(({ status }) => status === 'Checked In')
  return (running ?? appointments.find((one) => isOpen(one) && Date.parse(one.ends_at) > now))?.id
}

/** A day's sessions in order, each with its state and its next step. */
export function DaySessions({ appointments, zone, isToday, withClinician }: DaySessionsProps) {
  const me = useMe()
  const now = useNow()
  const current = isToday ? inHand(appointments, now.getTime()) : undefined
  const items = appointments.map((appointment): TimelineItem => {
    const isMine = writesNoteOf(me, appointment)
    const off = isOff(appointment)
    const shown = standing(appointment, isMine)
    /** "Write note" and "Finish note" say what is missing; a badge beside them would say it twice. */
    const isSaidByButton = shown === noteOfSessionLooks.missing || shown === noteOfSessionLooks.draft
    return {
      id: appointment.id,
      when: formatTime(appointment.starts_at, zone),
      icon: shown.icon,
      tone: shown.tone,
      current: appointment.id === current && !withClinician,
      title: (
        <>
          <Link tone="quiet" href={paths.client(appointment.client_id)} className={off ? 'font-normal text-muted line-through' : ''}>
            {appointment.client_name}
          </Link>
          {appointment.client_pronouns && <span className="ml-2 text-13 font-normal text-muted">{appointment.client_pronouns}</span>}
        </>
      ),
      aside: (
        <>
          <span className={isSaidByButton ? 'sr-only' : 'phone:hidden'}>
            <StatusBadge {...shown} />
          </span>
          <StepButton appointment={appointment} size="sm" quiet={appointment.id !== current} className="w-32 phone:w-auto" />
        </>
      ),
      children: (
        <p>
          <span data-tone={shown.tone} className="hidden font-medium text-tone-text phone:inline">
            {shown.label} ·{' '}
          </span>
          {describe(appointment, zone, withClinician && appointment.clinician_id !== me.id)
            .map((fact) => fact.replaceAll(' ', '\u00a0'))
            .join('\u00a0· ')}
        </p>
      ),
    }
  })
  return <Timeline label="Sessions of the day" items={items} />
}

/** Planned length until it is held, then what really happened; kind and place. */
function describe(appointment: Appointment, zone: string, withClinician: boolean): string[] {
  const { starts_at, ends_at, appointment_type, room_name, location_name, clinician_name } = appointment
  const clinician = withClinician ? clinician_name : ''
  const facts = [clinician, withClinician ? '' : waitingSince(appointment, zone), actualTimes(appointment, zone) ?? formatMinutes(minutesBetween(starts_at, ends_at)), appointment_type, room_name || location_name]
  return facts.filter((fact) => fact !== '')
}

const waitingSince = ({ checked_in_at, status }: Appointment, zone: string): string => (checked_in_at && status === 'Checked In' ? `Waiting since ${formatTime(checked_in_at, zone)}` : '')

function actualTimes({ actual_started_at, actual_ended_at }: Appointment, zone: string): string | null {
  if (!actual_started_at) return null
  return actual_ended_at ? `Held ${formatTimes(actual_started_at, actual_ended_at, zone)}` : `Began ${formatTime(actual_started_at, zone)}`
}
