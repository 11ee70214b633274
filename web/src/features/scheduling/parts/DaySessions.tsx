import { useMe } from '@/api/me'
import { minutesBetween, formatMinutes, formatTime, formatTimes } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Link } from '@/ui/Link'
import { StatusBadge } from '@/ui/StatusBadge'
import { Timeline, type TimelineItem } from '@/ui/Timeline'
import { writesNoteOf } from '../can'
import { isOff, noteLook, statusLook, type Appointment } from '../status'
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
    const look = statusLook[appointment.status]
    const note = noteLook(appointment, writesNoteOf(me, appointment))
    const off = isOff(appointment)
    return {
      id: appointment.id,
      when: formatTime(appointment.starts_at, zone),
      icon: look.icon,
      tone: look.tone,
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
          <span className="phone:hidden">
            <StatusBadge {...(appointment.status === 'Completed' && note ? note : look)} />
          </span>
          <StepButton appointment={appointment} size="sm" quiet={appointment.id !== current} className="w-34" />
        </>
      ),
      children: (
        <>
          <p>
            <span className="hidden phone:inline">{(appointment.status === 'Completed' && note ? note : look).label} · </span>
            {describe(appointment, withClinician)}
          </p>
          {!withClinician && <ActualTimes appointment={appointment} zone={zone} />}
        </>
      ),
    }
  })
  return <Timeline label="Sessions of the day" items={items} />
}

function describe({ starts_at, ends_at, appointment_type, room_name, location_name, clinician_name }: Appointment, withClinician: boolean): string {
  return [withClinician && clinician_name, formatMinutes(minutesBetween(starts_at, ends_at)), appointment_type, room_name || location_name].filter(Boolean).join(' · ')
}

/** What really happened, apart from what was planned. */
function ActualTimes({ appointment: { actual_started_at, actual_ended_at, checked_in_at, status }, zone }: { appointment: Appointment; zone: string }) {
  if (actual_started_at) return <p className="tabular">{actual_ended_at ? `Took place ${formatTimes(actual_started_at, actual_ended_at, zone)}` : `Began ${formatTime(actual_started_at, zone)}`}</p>
  if (checked_in_at && status === 'Checked In') return <p className="tabular">Waiting since {formatTime(checked_in_at, zone)}</p>
  return null
}
