import { useState } from 'react'
import { asHours, asText, notHours } from '@/lib/hours'
import { TextField } from '@/ui/TextField'

type HoursFieldProps = { label: string; value: readonly number[]; onChange: (hours: number[]) => void; onWrong: (isWrong: boolean) => void; error?: string | undefined; hint?: string; disabled?: boolean }

/** How many hours before, separated by commas; what is no list of hours yet says so, and is told instead of handed on. */
export function HoursField({ value, onChange, onWrong, error, hint = 'Separated by commas: 24 is a day, 168 a week.', ...props }: HoursFieldProps) {
  const [text, setText] = useState(asText(value))
  const typed = asHours(text)
  const take = (next: string) => {
    setText(next)
    const hours = asHours(next)
    onWrong(hours === null)
    if (hours) onChange(hours)
  }
  // Good hours that are not the value any more: it was changed from outside.
  const shown = typed !== null && asText(typed) !== asText(value) ? asText(value) : text
  return <TextField {...props} inputMode="numeric" value={shown} onChange={take} hint={hint} error={typed === null ? notHours : error} />
}
