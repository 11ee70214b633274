/** Small texts of the audit and security pages. */
const HOUR = 60
const DAY = 24 * HOUR

/** 90 is "90 minutes", 120 "2 hours", 1440 "a day". */
export function spanWords(minutes: number): string {
  if (minutes % DAY === 0) return minutes === DAY ? 'a day' : `${minutes / DAY} days`
  if (minutes % HOUR === 0) return minutes === HOUR ? 'an hour' : `${minutes / HOUR} hours`
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}

/** "1 line", "1,234 lines" */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

/** "client_chart" is "client chart" to a reader. */
export const spaced = (name: string): string => name.replaceAll('_', ' ')
