import { formatDay, localDate, today } from '@/lib/dates'

/** Notes are due within this many days; past it a row says so in colour and words. */
export const DUE_DAYS = 3

const daysBetween = (first: string, last: string): number => Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000)

export const daysOld = (since: string, zone: string, now: Date = new Date()): number => Math.max(0, daysBetween(localDate(since, zone), today(zone, now)))

/** "today", "yesterday", "4 days ago"; past two weeks the date says more. */
export function ageOf(since: string, zone: string, now: Date = new Date()): string {
  const days = daysOld(since, zone, now)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  return days <= 14 ? `${days} days ago` : formatDay(localDate(since, zone), zone, now)
}
