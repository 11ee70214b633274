import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { localDate, today } from '@/lib/dates'
import { usePreference } from '@/lib/preferences'
import type { Tone } from '@/ui/tones'
import { whyNotBook, whyNotMove, writesNoteOf } from '../can'
import { dayColumns, place, staffWeekColumns, visible, weekColumns, type Placed } from '../columns'
import type { Slot } from '../forms/session-values'
import { nameOf, type Span, type View } from '../span'
import { clinicianTone, standing, type Appointment } from '../status'
import type { CalendarAddress } from '../use-address'
import type { Moves } from '../use-move'
import { clockOf, minutesOf, type Piece } from '../wall-clock'
import { DayList } from './DayList'
import { MonthView } from './MonthView'
import { TimeGrid } from './TimeGrid'

type CalendarViewProps = {
  schedule: Schema<'ScheduleOut'>
  staff: readonly Schema<'StaffOut'>[]
  span: Span
  view: View
  address: CalendarAddress
  moves: Moves
  isPhone: boolean
  onBook: (slot: Slot) => void
}

/** The same sessions as a grid, a month or, on a phone, a day's list. */
export function CalendarView({ schedule, staff, span, view, address, moves, isPhone, onBook }: CalendarViewProps) {
  const me = useMe()
  const zone = me.practice.timezone
  const [colours] = usePreference('calendarColours')
  const placed = place(visible(schedule.appointments, address.withCancelled), me, moves.shown)
  const several = new Set(schedule.appointments.map(({ clinician_id }) => clinician_id)).size > 1
  const toneOf = (appointment: Appointment): Tone => {
    if (colours === 'status') return standing(appointment, writesNoteOf(me, appointment)).tone
    return clinicianTone(staff.find(({ id }) => id === appointment.clinician_id)?.calendar_color ?? 0)
  }
  const shared = { zone, placed, toneOf, withClinician: several, onOpen: address.openSession }
  const label = `Calendar, ${nameOf(view, address.date, zone)}`
  const mayBook = whyNotBook(me) === null
  if (isPhone) {
    return <DayList {...shared} day={address.date} days={span.days} today={today(zone)} onDay={address.goTo} onBook={mayBook ? () => onBook({ date: address.date, start: me.practice.opens_at.slice(0, 5) }) : null} />
  }
  const openDay = (day: string) => address.show('day', day)
  if (view === 'month') return <MonthView {...shared} label={label} days={span.days} month={address.date.slice(0, 7)} today={today(zone)} onDay={openDay} />
  const columns = view === 'week' ? columnsOfWeek(schedule, staff, span, placed, zone, address) : dayColumns(address.date, placed, schedule.hours, sideBySide(schedule, staff, address), zone)
  const draw = ({ day, from, to }: Piece, clinicianId: string | undefined) => onBook({ date: day, start: clockOf(from), minutes: to - from, clinicianId: clinicianId ?? onlyOne(address.clinicians) })
  return (
    <TimeGrid
      {...shared}
      key={view}
      label={label}
      columns={columns}
      opensAt={Math.min(minutesOf(me.practice.opens_at), ...placed.map(({ piece }) => piece.from))}
      mayMove={(appointment) => whyNotMove(appointment) === null}
      onDraw={mayBook ? draw : null}
      onMove={moves.propose}
      onDay={openDay}
      onClinician={(id) => address.showClinicians([id])}
    />
  )
}

/** One person's week has a column a day; several people's has one for each of them within the day, or nobody's name could be read. */
function columnsOfWeek(schedule: Schema<'ScheduleOut'>, staff: readonly Schema<'StaffOut'>[], span: Span, placed: readonly Placed[], zone: string, { clinicians, date }: CalendarAddress) {
  const seen = new Set(schedule.appointments.map(({ clinician_id }) => clinician_id))
  const shown = staff.filter(({ id }) => (clinicians.length > 0 ? clinicians.includes(id) : seen.has(id)))
  return shown.length > 1 ? staffWeekColumns(span.days, placed, schedule.hours, shown, zone, date) : weekColumns(span.days, placed, schedule.hours, zone, date)
}

const onlyOne = (clinicians: readonly string[]) => (clinicians.length === 1 ? clinicians[0] : undefined)

/** Whose columns a day has: those chosen, else everybody who sees somebody that day. */
function sideBySide({ appointments }: Schema<'ScheduleOut'>, staff: readonly Schema<'StaffOut'>[], { clinicians, date }: CalendarAddress) {
  if (clinicians.length > 0) return staff.filter(({ id }) => clinicians.includes(id))
  const busy = new Set(appointments.filter(({ starts_at, timezone }) => localDate(starts_at, timezone) === date).map(({ clinician_id }) => clinician_id))
  return staff.filter(({ id }) => busy.has(id))
}
