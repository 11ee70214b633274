/**
 * Dates and times as the practice reads them: "Tue 24 Nov, 3:00 – 3:50 pm". Three kinds of text go in and out, and never
 * mix: an *instant* ("2026-11-24T20:00:00Z"), a *plain date* ("2026-11-24") and a *clock time* ("15:00"). A zone is an
 * IANA name and always given: the practice's, from `useMe().practice.timezone`.
 */
import { CalendarDateTime, parseAbsolute, parseDate, parseTime, startOfWeek, toZoned, type CalendarDate, type ZonedDateTime } from '@internationalized/date'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const longMonths = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

const zoned = (instant: string, zone: string): ZonedDateTime => parseAbsolute(instant, zone)
const dateOf = (at: ZonedDateTime): string => at.toString().slice(0, 10)
const weekday = (date: CalendarDate): string => weekdays[date.toDate('UTC').getUTCDay()] ?? ''
const month = (number: number): string => months[number - 1] ?? ''
const two = (number: number): string => String(number).padStart(2, '0')

const hours = (at: { hour: number; minute: number }) => `${at.hour % 12 || 12}:${two(at.minute)}`
const half = (at: { hour: number }) => (at.hour < 12 ? 'am' : 'pm')

/** "2026-11-24": the day an instant falls on in this zone. */
export const localDate = (instant: string, zone: string): string => dateOf(zoned(instant, zone))

/** "15:00": what the clock on the wall shows at this instant. */
export function localTime(instant: string, zone: string): string {
  const at = zoned(instant, zone)
  return `${two(at.hour)}:${two(at.minute)}`
}

/** The instant at which the wall shows this. In the hour a clock skips, the hour after it; in the hour it repeats, the first. */
export function toInstant(date: string, time: string, zone: string): string {
  const day = parseDate(date)
  const clock = parseTime(time)
  return toZoned(new CalendarDateTime(day.year, day.month, day.day, clock.hour, clock.minute), zone, 'compatible').toAbsoluteString()
}

/** Whole minutes from one instant to another, right over a change of the clocks. */
export const minutesBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 60_000)

export const addMinutes = (instant: string, minutes: number): string => new Date(Date.parse(instant) + minutes * 60_000).toISOString()
export const addDays = (date: string, days: number): string => parseDate(date).add({ days }).toString()

/** The Monday on or before this date. */
export const mondayOf = (date: string): string => startOfWeek(parseDate(date), 'en-US', 'mon').toString()

export const today = (zone: string, now: Date = new Date()): string => localDate(now.toISOString(), zone)

/** "Tue 24 Nov", with the year when it is not this one: "Tue 24 Nov 2025". */
export function formatDay(date: string, zone: string, now: Date = new Date()): string {
  const day = parseDate(date)
  const year = today(zone, now).slice(0, 4)
  return `${weekday(day)} ${day.day} ${month(day.month)}${date.startsWith(year) ? '' : ` ${day.year}`}`
}

/** "24 Nov 2026": a date that is read on its own, years away: a birthday, a document's date. */
export function formatPlainDate(date: string): string {
  const day = parseDate(date.slice(0, 10))
  return `${day.day} ${month(day.month)} ${day.year}`
}

/** "November 2026": the month a plain date lies in. */
export function formatMonth(date: string): string {
  const day = parseDate(date)
  return `${longMonths[day.month - 1] ?? ''} ${day.year}`
}

/** "24 – 30 November 2026", "30 Nov – 6 Dec 2026": the head of a week. */
export function formatSpan(first: string, last: string): string {
  const [from, to] = [parseDate(first), parseDate(last)]
  if (from.year === to.year && from.month === to.month) return `${from.day} – ${to.day} ${longMonths[to.month - 1] ?? ''} ${to.year}`
  const firstYear = from.year === to.year ? '' : ` ${from.year}`
  return `${from.day} ${month(from.month)}${firstYear} – ${to.day} ${month(to.month)} ${to.year}`
}

/** "3:00 pm" */
export function formatTime(instant: string, zone: string): string {
  const at = zoned(instant, zone)
  return `${hours(at)} ${half(at)}`
}

/** "3:00 – 3:50 pm", "11:30 am – 12:20 pm" */
export function formatTimes(start: string, end: string, zone: string): string {
  const [from, to] = [zoned(start, zone), zoned(end, zone)]
  const firstHalf = half(from) === half(to) ? '' : ` ${half(from)}`
  return `${hours(from)}${firstHalf} – ${hours(to)} ${half(to)}`
}

/** "Tue 24 Nov, 3:00 – 3:50 pm" */
export const formatSession = (start: string, end: string, zone: string, now?: Date): string => `${formatDay(localDate(start, zone), zone, now)}, ${formatTimes(start, end, zone)}`

/** "Tue 24 Nov, 3:00 pm" */
export const formatMoment = (instant: string, zone: string, now?: Date): string => `${formatDay(localDate(instant, zone), zone, now)}, ${formatTime(instant, zone)}`

/** Relative only within the day it happens: "in 20 min", "2 h ago", "today, 3:00 pm"; else the moment itself. */
export function formatNear(instant: string, zone: string, now: Date = new Date()): string {
  const minutes = minutesBetween(now.toISOString(), instant)
  if (localDate(instant, zone) !== today(zone, now)) return formatMoment(instant, zone, now)
  if (minutes === 0) return 'now'
  if (Math.abs(minutes) < 60) return minutes > 0 ? `in ${minutes} min` : `${-minutes} min ago`
  if (minutes < 0 && minutes > -240) return `${Math.round(-minutes / 60)} h ago`
  return `today, ${formatTime(instant, zone)}`
}

/** Whole years lived on a day; both plain dates. */
export function ageOn(birthDate: string, date: string): number {
  const [born, day] = [parseDate(birthDate), parseDate(date)]
  const hadBirthday = day.month > born.month || (day.month === born.month && day.day >= born.day)
  return day.year - born.year - (hadBirthday ? 0 : 1)
}

/** "50 min", "1 h 20 min" */
export function formatMinutes(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** "Eastern Standard Time" when this device's clock differs from the practice's at that instant, else null. */
export function zoneNote(zone: string, instant: string = new Date().toISOString(), device: string = Intl.DateTimeFormat().resolvedOptions().timeZone): string | null {
  if (zoned(instant, zone).offset === zoned(instant, device).offset) return null
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'long' }).formatToParts(new Date(instant))
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
}
