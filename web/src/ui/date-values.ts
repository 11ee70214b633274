import { parseDate, parseTime, type CalendarDate, type Time } from '@internationalized/date'

/** The date fields speak ISO text (`2026-11-24`, `15:00`) outwards, so forms and the API never see a date class. */
export const toCalendarDate = (text: string | null): CalendarDate | null => (text ? parseDate(text.slice(0, 10)) : null)
export const toClockTime = (text: string | null): Time | null => (text ? parseTime(text) : null)
export const fromClockTime = (time: Time | null): string | null => time && time.toString().slice(0, 5)
