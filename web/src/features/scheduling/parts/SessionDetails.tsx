import { Repeat } from 'lucide-react'
import { useMe } from '@/api/me'
import { formatMinutes, formatTime, formatTimes, minutesBetween } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { DescriptionList, type Description } from '@/ui/DescriptionList'
import { Link } from '@/ui/Link'
import { StatusBadge } from '@/ui/StatusBadge'
import { writesNoteOf } from '../can'
import { noteLook, statusLook, type Appointment } from '../status'

/** Scheduled and actual times stand apart: what was planned never changes because a session ran over. */
export function SessionDetails({ appointment }: { appointment: Appointment }) {
  const me = useMe()
  const note = noteLook(appointment, writesNoteOf(me, appointment))
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <StatusBadge {...statusLook[appointment.status]} />
        {note && <StatusBadge {...note} />}
        {appointment.series_id && <StatusBadge tone="grey" icon={Repeat} label="Part of a series" />}
      </div>
      <DescriptionList items={facts(appointment, me.practice.timezone)} />
    </div>
  )
}

function facts(appointment: Appointment, zone: string): Description[] {
  const { client_id, client_name, client_pronouns, starts_at, ends_at, checked_in_at, actual_started_at, actual_ended_at, cpt_code, room_name, location_name, appointment_notes, cancellation_reason } = appointment
  const actual = actual_started_at && (actual_ended_at ? `${formatTimes(actual_started_at, actual_ended_at, zone)} (${formatMinutes(minutesBetween(actual_started_at, actual_ended_at))})` : `since ${formatTime(actual_started_at, zone)}`)
  const all: [term: string, value: React.ReactNode][] = [
    [
      'Client',
      <span key="client">
        <Link href={paths.client(client_id)}>{client_name}</Link>
        {client_pronouns && <span className="text-muted"> {client_pronouns}</span>}
      </span>,
    ],
    ['Scheduled', `${formatTimes(starts_at, ends_at, zone)} (${formatMinutes(minutesBetween(starts_at, ends_at))})`],
    ['Checked in', checked_in_at && formatTime(checked_in_at, zone)],
    ['Took place', actual],
    ['Type', appointment.appointment_type],
    ['Clinician', appointment.clinician_name],
    ['Location', [location_name, room_name].filter(Boolean).join(', ')],
    ['Suggested code', cpt_code],
    ['Memo', appointment_notes],
    ['Cancelled because', cancellation_reason],
  ]
  return all.filter(([, value]) => value !== null && value !== '').map(([term, value]) => ({ term, value }))
}
