/** Hours before an appointment, as they are typed and read: "24, 1". */
export const asText = (hours: readonly number[]): string => hours.join(', ')

/** The hours in what was typed; null while it is none. */
export function asHours(text: string): number[] | null {
  const hours = text.split(/[\s,;]+/).filter(Boolean).map(Number)
  return hours.every((hour) => Number.isInteger(hour) && hour >= 1 && hour <= 336) && hours.length <= 5 ? hours : null
}

export const notHours = 'At most five whole numbers from 1 to 336, such as 24, 1.'
