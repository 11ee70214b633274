/** The grid's columns: the days of a week, one day's clinicians side by side, or, of several people's week, both. */
import type { Schema } from '@/api/schema'
import { formatDay } from '@/lib/dates'
import type { Look } from '@/lib/looks'
import type { Tone } from '@/ui/tones'
import { writesNoteOf } from './can'
import { clinicianTone, isOff, noteLook, type Appointment } from './status'
import { isWeekend, weekdayOf } from './span'
import { DAY, minutesOf, pieceOf, type Piece, type Times } from './wall-clock'

export type Placed = { appointment: Appointment; piece: Piece; note: Look | null }
export type Column = {
  key: string
  day: string
  /** Given where the column is one clinician's. */
  clinicianId?: string | undefined
  /** Given where clinicians stand within days: how one of them is told in little room. */
  mark?: { initials: string; tone: Tone } | undefined
  title: string
  detail?: string | undefined
  placed: Placed[]
  /** Usual hours, in minutes since midnight; null where none are known, and then nothing is shaded. */
  hours: { from: number; to: number }[] | null
}

type Hours = Schema<'ScheduleOut'>['hours']

/** Usual hours of these people on this weekday, joined; null when none of them has any on any day. */
export function workingHours(hours: Hours, day: string, clinicianId?: string): Column['hours'] {
  const kept = clinicianId === undefined ? Object.values(hours).flat() : (hours[clinicianId] ?? [])
  if (kept.length === 0) return null
  const spans = kept
    .filter(({ weekday }) => weekday === weekdayOf(day))
    .map(({ starts_at, ends_at }) => ({ from: minutesOf(starts_at), to: minutesOf(ends_at) }))
    .sort((one, other) => one.from - other.from)
  const joined: { from: number; to: number }[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else joined.push(span)
  }
  return joined
}

/** What is shaded: the rest of the day around the hours. */
export function shaded(hours: Column['hours']): { from: number; to: number }[] {
  if (hours === null) return []
  const edges = [0, ...hours.flatMap(({ from, to }) => [from, to]), DAY]
  const rest: { from: number; to: number }[] = []
  for (let index = 0; index < edges.length; index += 2) {
    const [from, to] = [edges[index] ?? 0, edges[index + 1] ?? DAY]
    if (to > from) rest.push({ from, to })
  }
  return rest
}

export function place(appointments: readonly Appointment[], me: Pick<Schema<'MeOut'>, 'id' | 'can' | 'practice'>, shown: ReadonlyMap<string, Times>): Placed[] {
  const zone = me.practice.timezone
  return appointments
    .map((appointment) => {
      const times = shown.get(appointment.id)
      const seen = times ? { ...appointment, ...times } : appointment
      return { appointment: seen, piece: pieceOf(seen, zone), note: noteLook(seen, writesNoteOf(me, seen)) }
    })
    .sort((one, other) => one.piece.day.localeCompare(other.piece.day) || one.piece.from - other.piece.from)
}

export const visible = (appointments: readonly Appointment[], withCancelled: boolean): Appointment[] => (withCancelled ? [...appointments] : appointments.filter((one) => !isOff(one)))

const count = (placed: readonly Placed[]) => placed.filter(({ appointment }) => !isOff(appointment)).length
const sessions = (number: number) => (number === 0 ? undefined : `${number} session${number === 1 ? '' : 's'}`)

/** Monday to Friday, and the weekend when something is on it or one asked for that very day. */
function shownDays(days: readonly string[], placed: readonly Placed[], chosen: string): string[] {
  const busy = new Set(placed.map(({ piece }) => piece.day))
  const weekend = days.some((day) => isWeekend(day) && (busy.has(day) || day === chosen))
  return days.filter((day) => weekend || !isWeekend(day))
}

export function weekColumns(days: readonly string[], placed: readonly Placed[], hours: Hours, zone: string, chosen: string): Column[] {
  return shownDays(days, placed, chosen).map((day) => {
    const own = placed.filter(({ piece }) => piece.day === day)
    return { key: day, day, title: formatDay(day, zone), detail: sessions(count(own)), placed: own, hours: workingHours(hours, day) }
  })
}

type Clinician = Pick<Schema<'StaffOut'>, 'id' | 'name' | 'calendar_color'>
const initialsOf = (name: string) => name.split(/\s+/).map((word) => word.charAt(0)).filter((_, index, all) => index === 0 || index === all.length - 1).join('').toUpperCase()

/** Several people's week: on each day those who work or see somebody then, always in the same order. */
export function staffWeekColumns(days: readonly string[], placed: readonly Placed[], hours: Hours, clinicians: readonly Clinician[], zone: string, chosen: string): Column[] {
  return shownDays(days, placed, chosen).flatMap((day) => {
    const onDay = placed.filter(({ piece }) => piece.day === day)
    const there = clinicians.flatMap(({ id, name, calendar_color }): Column[] => {
      const own = onDay.filter(({ appointment }) => appointment.clinician_id === id)
      const working = workingHours(hours, day, id)
      if (own.length === 0 && (working ?? []).length === 0) return []
      return [{ key: `${day}/${id}`, day, clinicianId: id, mark: { initials: initialsOf(name), tone: clinicianTone(calendar_color) }, title: name, detail: sessions(count(own)), placed: own, hours: working }]
    })
    return there.length > 0 ? there : [{ key: day, day, title: formatDay(day, zone), placed: onDay, hours: workingHours(hours, day) }]
  })
}

export function dayColumns(day: string, placed: readonly Placed[], hours: Hours, clinicians: readonly { id: string; name: string }[], zone: string): Column[] {
  const onDay = placed.filter(({ piece }) => piece.day === day)
  if (clinicians.length < 2) return [{ key: day, day, title: formatDay(day, zone), detail: sessions(count(onDay)), placed: onDay, hours: workingHours(hours, day) }]
  return clinicians.map(({ id, name }) => {
    const own = onDay.filter(({ appointment }) => appointment.clinician_id === id)
    return { key: `${day}/${id}`, day, clinicianId: id, title: name, detail: sessions(count(own)), placed: own, hours: workingHours(hours, day, id) }
  })
}
