import { useLayoutEffect, useRef } from 'react'
import { classes } from '@/lib/classes'
import { localDate, localTime } from '@/lib/dates'
import type { Tone } from '@/ui/tones'
import type { Column } from '../columns'
import { mostLanes } from '../lanes'
import type { Appointment } from '../status'
import { useGridDrag } from '../use-grid-drag'
import { useNow } from '../use-now'
import { DAY, minutesOf, type Piece, type Times } from '../wall-clock'
import { DayColumn } from './DayColumn'
import { StaffHeads } from './StaffHeads'

export type TimeGridProps = {
  label: string
  zone: string
  columns: readonly Column[]
  /** Minute of the day that stands at the top when the grid opens. */
  opensAt: number
  toneOf: (appointment: Appointment) => Tone
  withClinician: boolean
  mayMove: (appointment: Appointment) => boolean
  /** Null where one may not book. */
  onDraw: ((piece: Piece, clinicianId: string | undefined) => void) | null
  onMove: (appointment: Appointment, times: Times) => void
  onOpen: (id: string) => void
  onDay: (day: string) => void
  /** One of several people's calendars alone. */
  onClinician?: (id: string) => void
}

/** A day in which several people are seen at once gets the room for it; below the least widths the grid scrolls sideways. */
function tracksOf(columns: readonly Column[]) {
  const lanes = columns.map(({ placed }) => mostLanes(placed.map(({ appointment, piece }) => ({ id: appointment.id, ...piece }))))
  const least = lanes.map((number, index) => Math.max(columns[index]?.mark ? 7.5 : 6, number * 4.5))
  return {
    gridTemplateColumns: `3.5rem ${lanes.map((number, index) => `minmax(${least[index] ?? 6}rem, ${number}fr)`).join(' ')}`,
    minWidth: `${least.reduce((sum, one) => sum + one, 3.5)}rem`,
  }
}

/** 96 rem: an hour is 4 rem, in which 50 minutes hold three lines. */
const HEIGHT = 1536
const hours = Array.from({ length: 24 }, (_, hour) => hour)
const hourName = (hour: number) => `${hour % 12 || 12} ${hour < 12 ? 'am' : 'pm'}`

/** Days (or clinicians) side by side, 24 hours high. Sessions are buttons in the order of time. */
export function TimeGrid({ label, zone, columns, opensAt, toneOf, withClinician, mayMove, onDraw, onMove, onOpen, onDay, onClinician }: TimeGridProps) {
  const now = useNow()
  const find = (id: string) => columns.flatMap(({ placed }) => placed).find(({ appointment }) => appointment.id === id)?.appointment
  const { preview, handlers } = useGridDrag({ zone, columns, find, mayMove, onDraw, onMove })
  const today = localDate(now.toISOString(), zone)
  const showsToday = columns.some(({ day }) => day === today)
  const scroller = useScrolledTo(opensAt, showsToday ? minutesOf(localTime(now.toISOString(), zone)) : null, columns.find(({ day }) => day === today)?.key)
  const tracks = tracksOf(columns)
  return (
    // The scroller takes focus so that the arrow keys of the browser scroll it when it holds no session.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={scroller} aria-label={label} tabIndex={0} className="relative min-h-0 flex-1 overflow-auto outline-offset-[-2px]">
      <div className="sticky top-0 z-20 grid border-b border-line bg-surface" style={tracks}>
        <span className="sticky left-0 z-10 bg-surface" />
        {columns.some(({ mark }) => mark) ? (
          <StaffHeads columns={columns} zone={zone} today={today} onDay={onDay} onClinician={onClinician} />
        ) : (
          columns.map((column) => <ColumnHead key={column.key} column={column} isToday={column.day === today} onDay={onDay} />)
        )}
      </div>
      <div className={classes('relative grid h-[96rem] touch-pan-y', preview && 'cursor-grabbing select-none')} style={tracks} {...handlers}>
        <div aria-hidden data-hours className="sticky left-0 z-10 bg-surface">
          {hours.slice(1).map((hour) => (
            <span key={hour} className="absolute right-2 -translate-y-1/2 text-12 text-muted tabular" style={{ top: `${(hour / 24) * 100}%` }}>
              {hourName(hour)}
            </span>
          ))}
        </div>
        {columns.map((column, index) => (
          <DayColumn
            key={column.key}
            column={column}
            isFirstOfDay={column.mark !== undefined && columns[index - 1]?.day !== column.day}
            zone={zone}
            now={column.day === today ? now : null}
            preview={preview?.column === column.key ? preview : null}
            movingId={preview?.appointment?.id}
            toneOf={toneOf}
            withClinician={withClinician && column.clinicianId === undefined}
            mayMove={mayMove}
            onOpen={onOpen}
          />
        ))}
      </div>
    </section>
  )
}

function ColumnHead({ column: { day, title, detail, clinicianId }, isToday, onDay }: { column: Column; isToday: boolean; onDay: (day: string) => void }) {
  const words = (
    <>
      <span className={classes('block truncate text-13 font-semibold', isToday && clinicianId === undefined && 'text-accent-text')}>
        {title}
        {isToday && clinicianId === undefined && <span className="sr-only">, today</span>}
      </span>
      <span className="block truncate text-12 text-muted tabular">{detail ?? 'No sessions'}</span>
    </>
  )
  const look = classes('min-w-0 border-l border-line px-2 py-1.5 text-left', isToday && clinicianId === undefined && 'shadow-[inset_0_2px_0_var(--accent)]')
  if (clinicianId !== undefined) return <h2 className={look}>{words}</h2>
  return (
    <h2 className="min-w-0">
      <button type="button" className={classes(look, 'size-full outline-offset-[-2px] hover:bg-hover')} onClick={() => onDay(day)}>
        {words}
      </button>
    </h2>
  )
}

/** Opens at the practice's first hour, not at midnight; with today in view and its hour further down, so that this moment is in sight. A grid that is wider than the window opens at today. */
function useScrolledTo(opensAt: number, now: number | null, todaysFirst: string | undefined) {
  const scroller = useRef<HTMLElement>(null)
  const first = useRef({ opensAt, now, todaysFirst })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const seen = (element.clientHeight / HEIGHT) * DAY
    const { opensAt: opens, now: moment, todaysFirst: column } = first.current
    const top = moment !== null && moment > opens + 0.8 * seen ? moment - 0.6 * seen : opens - 20
    element.scrollTop = (top / DAY) * HEIGHT
    const hours = element.querySelector<HTMLElement>('[data-hours]')?.offsetWidth ?? 0
    if (column !== undefined) element.scrollLeft = (element.querySelector<HTMLElement>(`[data-column="${column}"]`)?.offsetLeft ?? 0) - hours
  }, [])
  return scroller
}
