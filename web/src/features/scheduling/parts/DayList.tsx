import { CalendarPlus, Coffee } from 'lucide-react'
import { classes } from '@/lib/classes'
import { formatDay, formatTime, minutesBetween } from '@/lib/dates'
import type { Look } from '@/lib/looks'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import type { Tone } from '@/ui/tones'
import type { Placed } from '../columns'
import { isOff, statusLook, type Appointment } from '../status'
import { nameOfSession } from './EventChip'

type DayListProps = {
  zone: string
  day: string
  days: readonly string[]
  today: string
  placed: readonly Placed[]
  toneOf: (appointment: Appointment) => Tone
  withClinician: boolean
  onOpen: (id: string) => void
  onDay: (day: string) => void
  onBook: (() => void) | null
}

/** The calendar of a phone: a week's days in a strip, one day's sessions as a list. */
export function DayList({ zone, day, days, today, placed, toneOf, withClinician, onOpen, onDay, onBook }: DayListProps) {
  const own = placed.filter(({ piece }) => piece.day === day)
  return (
    <div className="flex flex-1 flex-col">
      <DayStrip {...{ zone, day, days, today, placed, onDay }} />
      {own.length === 0 ? (
        <EmptyState icon={Coffee} title={`Nothing on ${formatDay(day, zone)}`} action={onBook && <Button icon={CalendarPlus} onPress={onBook}>New session</Button>}>
          No sessions are booked on this day.
        </EmptyState>
      ) : (
        <ol aria-label={`Sessions on ${formatDay(day, zone)}`} className="divide-y divide-line">
          {own.map(({ appointment, note }) => (
            <li key={appointment.id}>
              <Row appointment={appointment} note={note} zone={zone} tone={toneOf(appointment)} withClinician={withClinician} onOpen={onOpen} />
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

function DayStrip({ zone, day, days, today, placed, onDay }: Pick<DayListProps, 'zone' | 'day' | 'days' | 'today' | 'placed' | 'onDay'>) {
  return (
    <ol aria-label="Days of the week" className="flex border-b border-line px-2 pb-2">
      {days.map((one) => {
        const busy = placed.filter(({ appointment, piece }) => piece.day === one && !isOff(appointment)).length
        const [weekday = ''] = formatDay(one, zone).split(' ')
        return (
          <li key={one} className="flex-1">
            <button
              type="button"
              aria-current={one === day ? 'date' : undefined}
              onClick={() => onDay(one)}
              className={classes('flex w-full flex-col items-center rounded-control py-1 text-12 text-muted', one === day && 'bg-accent-soft text-accent-text')}
            >
              <span className="sr-only">
                {formatDay(one, zone)}, {busy} session{busy === 1 ? '' : 's'}
              </span>
              <span aria-hidden>{weekday.slice(0, 2)}</span>
              <span aria-hidden className={classes('text-16 leading-6 tabular', one === today ? 'font-semibold text-accent-text' : 'text-text')}>{Number(one.slice(8))}</span>
              <span aria-hidden className={classes('mt-0.5 size-1.5 rounded-full', busy > 0 && 'bg-current')} />
            </button>
          </li>
        )
      })}
    </ol>
  )
}

function Row({ appointment, note, zone, tone, withClinician, onOpen }: { appointment: Appointment; note: Look | null; zone: string; tone: Tone; withClinician: boolean; onOpen: (id: string) => void }) {
  const { icon: Icon, label } = statusLook[appointment.status]
  const NoteIcon = note?.icon
  return (
    <button type="button" data-appointment={appointment.id} onClick={() => onOpen(appointment.id)} className="flex min-h-15 w-full items-stretch gap-3 px-4 py-2.5 text-left outline-offset-[-2px] hover:bg-hover">
      <span className="sr-only">{nameOfSession(appointment, note, zone, withClinician)}</span>
      <span aria-hidden className="w-17 shrink-0 text-right text-13 tabular">
        <span className="block font-medium">{formatTime(appointment.starts_at, zone)}</span>
        <span className="block text-12 text-muted">{minutesBetween(appointment.starts_at, appointment.ends_at)} min</span>
      </span>
      <span data-tone={tone} aria-hidden className="w-[3px] shrink-0 rounded-full bg-tone-solid" />
      <span aria-hidden className="min-w-0 flex-1">
        <span className={classes('block truncate font-medium', isOff(appointment) && 'font-normal text-muted line-through')}>{appointment.client_name}</span>
        <span className="flex min-w-0 items-center gap-1.5 text-13 text-muted">
          <Icon aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">{[label, withClinician && appointment.clinician_name].filter(Boolean).join(' · ')}</span>
          {NoteIcon && (
            <span data-tone={note.tone} className={classes('flex shrink-0 items-center gap-1', appointment.note_state !== 'signed' && 'font-medium text-tone-text')}>
              <NoteIcon aria-hidden className="size-3.5" />
              {note.label}
            </span>
          )}
        </span>
      </span>
    </button>
  )
}
