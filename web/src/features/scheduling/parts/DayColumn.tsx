import { memo } from 'react'
import { classes } from '@/lib/classes'
import { formatTimes, localTime } from '@/lib/dates'
import type { Tone } from '@/ui/tones'
import { shaded, type Column, type Placed } from '../columns'
import { lanesOf, LEAST_MINUTES, type Lane } from '../lanes'
import type { Appointment } from '../status'
import type { Preview } from '../use-grid-drag'
import { clockOf, DAY, minutesOf, timesOf } from '../wall-clock'
import { EventChip } from './EventChip'

const percent = (minute: number) => `${(minute / DAY) * 100}%`
const extent = (from: number, to: number) => ({ top: percent(from), height: percent(to - from) })

/** Lines at every hour, fainter ones between. */
const lines = {
  backgroundImage: 'linear-gradient(to bottom, var(--line) 1px, transparent 1px), linear-gradient(to bottom, color-mix(in oklch, var(--line) 45%, transparent) 1px, transparent 1px)',
  backgroundSize: '100% 4rem, 100% 2rem',
}

type DayColumnProps = {
  column: Column
  /** Of several people's columns within a day. */
  isFirstOfDay: boolean
  zone: string
  /** Given on today's column, for the line. */
  now: Date | null
  preview: Preview | null
  movingId: string | undefined
  toneOf: (appointment: Appointment) => Tone
  withClinician: boolean
  mayMove: (appointment: Appointment) => boolean
  onOpen: (id: string) => void
}

export const DayColumn = memo(function DayColumn({ column, isFirstOfDay, zone, now, preview, movingId, toneOf, withClinician, mayMove, onOpen }: DayColumnProps) {
  const lanes = lanesOf(column.placed.map(({ appointment, piece }) => ({ id: appointment.id, ...piece })))
  return (
    <div data-column={column.key} className={classes('relative border-l border-line', isFirstOfDay && 'border-l-2 border-l-line-strong/60')}>
      {shaded(column.hours).map(({ from, to }) => (
        <span key={from} aria-hidden className="pointer-events-none absolute inset-x-0 bg-sunken" style={extent(from, to)} />
      ))}
      <span aria-hidden className="pointer-events-none absolute inset-0" style={lines} />
      <ul aria-label={`${column.title}, sessions`}>
        {column.placed.map((placed) => (
          <Session key={placed.appointment.id} {...placed} {...(lanes.get(placed.appointment.id) ?? { lane: 0, lanes: 1 })} zone={zone} tone={toneOf(placed.appointment)} withClinician={withClinician} movable={mayMove(placed.appointment)} isHeld={placed.appointment.id === movingId} onOpen={onOpen} />
        ))}
      </ul>
      {preview && <Ghost preview={preview} zone={zone} tone={preview.appointment ? toneOf(preview.appointment) : 'teal'} />}
      {now && <NowLine minute={minutesOf(localTime(now.toISOString(), zone))} />}
    </div>
  )
})

type SessionProps = Placed & Lane & { zone: string; tone: Tone; withClinician: boolean; movable: boolean; isHeld: boolean; onOpen: (id: string) => void }

function Session({ appointment, note, piece: { from, to }, lane, lanes, zone, tone, withClinician, movable, isHeld, onOpen }: SessionProps) {
  const length = Math.max(to - from, LEAST_MINUTES)
  return (
    <li
      data-session={appointment.id}
      className={classes('absolute px-px pb-px', movable && 'group/session', isHeld && 'opacity-40')}
      style={{ ...extent(from, Math.min(from + length, DAY)), left: `${(lane / lanes) * 100}%`, width: `calc(${100 / lanes}% - ${lanes === 1 ? '0.5rem' : '2px'})` }}
    >
      <EventChip appointment={appointment} note={note} zone={zone} tone={tone} look={length < 40 ? 'line' : 'block'} withClinician={withClinician} onOpen={onOpen} />
      {movable && <span aria-hidden data-resize data-tone={tone} className="absolute inset-x-1 bottom-0 h-1.5 cursor-ns-resize border-b-2 border-transparent group-hover/session:border-tone-solid coarse:hidden" />}
    </li>
  )
}

/** Where what one draws or moves will be, with its times. */
function Ghost({ preview: { piece, times, appointment }, zone, tone }: { preview: Preview; zone: string; tone: Tone }) {
  const { starts_at, ends_at } = times ?? timesOf(piece.day, clockOf(piece.from), piece.to - piece.from, zone)
  return (
    <div data-tone={tone} aria-hidden className="pointer-events-none absolute inset-x-px z-10 overflow-hidden rounded-control border-2 border-tone-solid bg-tone-soft px-1.5 py-0.5 text-12 text-tone-text shadow-float" style={extent(piece.from, piece.to)}>
      <p className="truncate leading-4 font-semibold tabular">{formatTimes(starts_at, ends_at, zone)}</p>
      <p className="truncate leading-4">{appointment?.client_name ?? 'New session'}</p>
    </div>
  )
}

function NowLine({ minute }: { minute: number }) {
  return (
    <div aria-hidden className="pointer-events-none absolute inset-x-0 z-10 h-px bg-danger" style={{ top: percent(minute) }}>
      <span className="absolute -top-1 -left-1 size-2 rounded-full bg-danger" />
    </div>
  )
}
