import { useState } from 'react'
import { TextField } from '@/ui/TextField'
import { asHours, asText } from '../words'

type HoursFieldProps = { label: string; value: readonly number[]; onChange: (hours: number[]) => void; error?: string | undefined; hint?: string; disabled?: boolean }

/** How many hours before, separated by commas; what is no list of hours yet says so and is not handed on. */
export function HoursField({ value, onChange, error, hint = 'Separated by commas: 24 is a day, 168 a week.', ...props }: HoursFieldProps) {
  const [text, setText] = useState(asText(value))
  const take = (next: string) => {
    setText(next)
    const hours = asHours(next)
    if (hours) onChange(hours)
  }
  return <TextField {...props} inputMode="numeric" value={text} onChange={take} hint={hint} error={asHours(text) === null ? 'At most five whole numbers from 1 to 336, such as 24, 1.' : error} />
}
