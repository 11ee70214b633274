/** Which days a view of the calendar shows, and how far a step goes. Dates are the practice's plain dates. */
import { endOfMonth, parseDate, startOfMonth } from '@internationalized/date'
import { addDays, formatDay, formatSpan, mondayOf, toInstant } from '@/lib/dates'

export const views = ['day', 'week', 'month'] as const
export type View = (typeof views)[number]
export type Span = { days: string[]; first: string; last: string; /** Instants; `end` is not part of it. */ start: string; end: string }

const between = (first: string, last: string): string[] => {
  const days = [first]
  for (let day = first; day < last; ) days.push((day = addDays(day, 1)))
  return days
}

/** A week is read from Monday to Sunday, a month in whole weeks. */
function endsOf(view: View, date: string): [first: string, last: string] {
  if (view === 'day') return [date, date]
  if (view === 'week') return [mondayOf(date), addDays(mondayOf(date), 6)]
  const first = mondayOf(startOfMonth(parseDate(date)).toString())
  return [first, addDays(mondayOf(endOfMonth(parseDate(date)).toString()), 6)]
}

export function spanOf(view: View, date: string, zone: string): Span {
  const [first, last] = endsOf(view, date)
  return { days: between(first, last), first, last, start: toInstant(first, '00:00', zone), end: toInstant(addDays(last, 1), '00:00', zone) }
}

/** The date to show after one step back (-1) or on (1). */
export function step(view: View, date: string, by: 1 | -1): string {
  if (view === 'day') return addDays(date, by)
  if (view === 'week') return addDays(mondayOf(date), 7 * by)
  return startOfMonth(parseDate(date)).add({ months: by }).toString()
}

export const isWeekend = (date: string): boolean => [0, 6].includes(parseDate(date).toDate('UTC').getUTCDay())
/** 1 is Monday, as clinician hours count. */
export const weekdayOf = (date: string): number => parseDate(date).toDate('UTC').getUTCDay() || 7

const longMonth = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The span's name above the grid: "Tue 24 Nov", "23 – 29 November 2026", "November 2026". */
export function nameOf(view: View, date: string, zone: string): string {
  if (view === 'day') return formatDay(date, zone)
  if (view === 'month') return longMonth.format(parseDate(date).toDate('UTC'))
  const [first, last] = endsOf('week', date)
  return formatSpan(first, last)
}
