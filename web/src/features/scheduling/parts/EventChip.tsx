import { Repeat } from 'lucide-react'
import { memo } from 'react'
import { classes } from '@/lib/classes'
import { formatSession, formatTime, formatTimes } from '@/lib/dates'
import type { Look } from '@/lib/looks'
import type { Tone } from '@/ui/tones'
import { isOff, statusLook, type Appointment } from '../status'

/** Everything the chip shows by icon or hue, in words. */
export function nameOfSession(appointment: Appointment, note: Look | null, zone: string, withClinician: boolean): string {
  const { client_name, starts_at, ends_at, status, clinician_name, series_id } = appointment
  const parts = [client_name, formatSession(starts_at, ends_at, zone), statusLook[status].label, note?.label, series_id && 'part of a series', withClinician && `with ${clinician_name}`]
  return parts.filter(Boolean).join(', ')
}

type EventChipProps = {
  appointment: Appointment
  note: Look | null
  zone: string
  tone: Tone
  /** How much fits: one line under 30 minutes and in a month, two above. */
  look: 'line' | 'block' | 'month'
  withClinician: boolean
  /** The time it will have, while it is being moved. */
  moving?: boolean
  onOpen: (id: string) => void
}

/** One session in the calendar. Its hue is its status or its clinician; the icon tells the status either way. */
export const EventChip = memo(function EventChip({ appointment, note, zone, tone, look, withClinician, moving = false, onOpen }: EventChipProps) {
  const { icon: StatusIcon } = statusLook[appointment.status]
  const off = isOff(appointment)
  /** Held and written down: it steps back behind what is to come and what is missing. */
  const isDone = appointment.status === 'Completed' && appointment.note_state === 'signed'
  const time = look === 'block' ? formatTimes(appointment.starts_at, appointment.ends_at, zone) : formatTime(appointment.starts_at, zone)
  return (
    <button
      type="button"
      data-appointment={appointment.id}
      data-tone={tone}
      title={`${appointment.client_name} · ${formatTimes(appointment.starts_at, appointment.ends_at, zone)}`}
      onClick={() => onOpen(appointment.id)}
      className={classes(
        '@container flex size-full min-w-0 overflow-hidden rounded-control border border-l-[3px] border-tone-line border-l-tone-solid bg-tone-soft pr-1 pl-1.5 text-left text-12 text-tone-text outline-offset-1 hover:border-tone-solid',
        look === 'block' ? 'flex-col py-px' : 'items-center gap-1',
        look === 'month' && 'h-5.5',
        isDone && 'bg-raised text-text',
        off && 'border-dashed bg-surface',
        moving && 'shadow-float',
      )}
    >
      <span className="sr-only">{nameOfSession(appointment, note, zone, withClinician)}</span>
      <span aria-hidden className="flex w-full min-w-0 items-center gap-1">
        <StatusIcon aria-hidden className="size-3 shrink-0 text-tone-text" />
        {look === 'month' && <span className="shrink-0 tabular">{time.replace(':00', '')}</span>}
        <span className={classes('min-w-0 flex-1 truncate leading-4 font-semibold', off && 'font-normal line-through')}>{appointment.client_name}</span>
        {look !== 'block' && <Marks appointment={appointment} note={note} withSeries={look === 'line'} />}
      </span>
      {look === 'line' && (
        <span aria-hidden className="max-w-[45%] shrink-0 truncate leading-4 tabular">
          {time}
        </span>
      )}
      {look === 'block' && (
        <>
          <span aria-hidden className="flex w-full shrink-0 items-center gap-1">
            <span className="min-w-0 flex-1 truncate leading-4 tabular @max-[8.5rem]:hidden">{time}</span>
            <span className="hidden min-w-0 flex-1 truncate leading-4 tabular @max-[8.5rem]:inline">{formatTime(appointment.starts_at, zone)}</span>
            <Marks appointment={appointment} note={note} withSeries />
          </span>
          <span aria-hidden className="shrink-0 truncate leading-4">
            {withClinician ? appointment.clinician_name : appointment.room_name || appointment.location_name}
          </span>
        </>
      )}
    </button>
  )
})

function Marks({ appointment, note, withSeries }: Pick<EventChipProps, 'appointment' | 'note'> & { withSeries: boolean }) {
  const NoteIcon = note?.icon
  const isWaiting = appointment.note_state !== 'signed'
  return (
    <span aria-hidden className="flex shrink-0 items-center gap-0.5">
      {withSeries && appointment.series_id && <Repeat className="size-3 @max-[7rem]:hidden" />}
      {NoteIcon && (
        <span data-tone={note.tone} className={classes('flex', isWaiting && 'rounded-[4px] bg-tone-solid p-0.5 text-raised')}>
          <NoteIcon className="size-3" />
        </span>
      )}
    </span>
  )
}
