import { classes } from '@/lib/classes'
import { formatDay } from '@/lib/dates'
import type { Tone } from '@/ui/tones'
import type { Placed } from '../columns'
import type { Appointment } from '../status'
import { EventChip } from './EventChip'

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const SHOWN = 4

type MonthViewProps = {
  label: string
  zone: string
  days: readonly string[]
  month: string
  today: string
  placed: readonly Placed[]
  toneOf: (appointment: Appointment) => Tone
  withClinician: boolean
  onOpen: (id: string) => void
  onDay: (day: string) => void
}

/** The month as a wall calendar: a few sessions a day, the rest behind "more". Moving is done in the week. */
export function MonthView({ label, zone, days, month, today, placed, toneOf, withClinician, onOpen, onDay }: MonthViewProps) {
  return (
    <section aria-label={label} className="flex min-h-0 flex-1 flex-col overflow-auto">
      <div aria-hidden className="sticky top-0 z-10 grid min-w-2xl grid-cols-7 border-b border-line bg-surface">
        {weekdays.map((day) => (
          <span key={day} className="border-l border-line px-2 py-1.5 text-12 font-medium text-muted first:border-l-0">
            {day}
          </span>
        ))}
      </div>
      <ol className="grid min-w-2xl flex-1 auto-rows-[minmax(8.25rem,1fr)] grid-cols-7">
        {days.map((day) => {
          const own = placed.filter(({ piece }) => piece.day === day)
          const rest = own.length - SHOWN
          return (
            <li key={day} className={classes('min-w-0 border-b border-l border-line p-1 nth-[7n+1]:border-l-0', !day.startsWith(month) && 'bg-sunken')}>
              <button
                type="button"
                onClick={() => onDay(day)}
                aria-current={day === today ? 'date' : undefined}
                className={classes('mb-0.5 flex h-6 min-w-6 items-center justify-center rounded-full px-1.5 text-12 tabular hover:bg-hover coarse:min-h-8', day === today ? 'bg-accent font-semibold text-accent-contrast hover:bg-accent-hover' : !day.startsWith(month) && 'text-muted')}
              >
                <span className="sr-only">
                  {formatDay(day, zone)}, {own.length} session{own.length === 1 ? '' : 's'}
                </span>
                <span aria-hidden>{Number(day.slice(8))}</span>
              </button>
              <ul className="flex flex-col gap-0.5">
                {own.slice(0, rest === 1 ? SHOWN + 1 : SHOWN).map(({ appointment, note }) => (
                  <li key={appointment.id}>
                    <EventChip appointment={appointment} note={note} zone={zone} tone={toneOf(appointment)} look="month" withClinician={withClinician} onOpen={onOpen} />
                  </li>
                ))}
              </ul>
              {rest > 1 && (
                <button type="button" onClick={() => onDay(day)} className="mt-0.5 rounded-control px-1.5 text-12 text-muted hover:text-text hover:underline">
                  {rest} more<span className="sr-only"> on {formatDay(day, zone)}</span>
                </button>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
