/**
 * The grid's arithmetic: minutes since midnight on the practice's wall clock, and back to instants. A day is always drawn
 * with 24 hours, so a session at 3 pm stands at the same height before and after the clocks change.
 */
import { addMinutes, localDate, localTime, minutesBetween, toInstant } from '@/lib/dates'

export const DAY = 24 * 60
export const SNAP = 5
export const CELL = 15
export const USUAL_MINUTES = 50
export const MIN_MINUTES = 5

export type Times = { starts_at: string; ends_at: string }
/** A piece of one day, in minutes since midnight. */
export type Piece = { day: string; from: number; to: number }

export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

export function clockOf(minute: number): string {
  const within = Math.min(Math.max(Math.round(minute), 0), DAY - 1)
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`
}

/** Where a session stands: on the day it begins; one that runs past midnight is drawn to the day's end. */
export function pieceOf({ starts_at, ends_at }: Times, zone: string): Piece {
  const day = localDate(starts_at, zone)
  const from = minutesOf(localTime(starts_at, zone))
  return { day, from, to: Math.min(from + minutesBetween(starts_at, ends_at), DAY) }
}

export const snapTo = (minute: number, grain: number): number => Math.round(minute / grain) * grain
const within = (minute: number, least: number, most: number) => Math.min(Math.max(minute, least), most)

/** A click books the usual length from the quarter hour it fell in. */
export function clicked(minute: number): { from: number; to: number } {
  const from = within(Math.floor(minute / CELL) * CELL, 0, DAY - CELL)
  return { from, to: Math.min(from + USUAL_MINUTES, DAY) }
}

/** A drawn length, either way; never shorter than a quarter hour. */
export function drawn(anchor: number, minute: number): { from: number; to: number } {
  const start = Math.floor(anchor / CELL) * CELL
  const end = snapTo(minute, SNAP)
  return end >= start ? { from: start, to: within(Math.max(end, start + CELL), 0, DAY) } : { from: within(end, 0, DAY), to: start + CELL }
}

/** The session moved so that it begins at this minute of this day; it lasts as long as before, also over a change of the clocks. */
export function movedTo(session: Times, day: string, minute: number, zone: string): Times {
  const length = minutesBetween(session.starts_at, session.ends_at)
  const from = within(snapTo(minute, SNAP), 0, DAY - Math.min(length, DAY))
  const starts_at = toInstant(day, clockOf(from), zone)
  return { starts_at: normal(starts_at), ends_at: addMinutes(starts_at, length) }
}

/** The session ending at this minute of the day it began. */
export function resizedTo(session: Times, minute: number, zone: string): Times {
  const { from } = pieceOf(session, zone)
  const to = within(snapTo(minute, SNAP), from + CELL, DAY)
  return { starts_at: normal(session.starts_at), ends_at: addMinutes(session.starts_at, to - from) }
}

/** The form's date, start and length as instants. */
export function timesOf(date: string, start: string, minutes: number, zone: string): Times {
  const starts_at = normal(toInstant(date, start, zone))
  return { starts_at, ends_at: addMinutes(starts_at, minutes) }
}

/** One spelling of an instant, so that two of them compare as text. */
export const normal = (instant: string): string => new Date(instant).toISOString()
export const sameTimes = (one: Times, other: Times): boolean => normal(one.starts_at) === normal(other.starts_at) && normal(one.ends_at) === normal(other.ends_at)
