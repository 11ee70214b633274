import { useWatch, type Control } from 'react-hook-form'
import { DatePicker } from '@/ui/DatePicker'
import { FormField } from '@/ui/FormField'
import { NumberField } from '@/ui/NumberField'
import { RadioGroup } from '@/ui/RadioGroup'
import { Select } from '@/ui/Select'
import type { BookingResult, BookingValues } from './session-values'

const intervals = [
  { id: '0', label: 'Does not repeat' },
  { id: '1', label: 'Every week' },
  { id: '2', label: 'Every 2 weeks' },
  { id: '3', label: 'Every 3 weeks' },
  { id: '4', label: 'Every 4 weeks' },
] as const
const ends = [
  { id: 'count', label: 'After a number of sessions' },
  { id: 'until', label: 'On a date' },
] as const

/** A weekly series keeps its time on the wall clock, also over a change of the clocks. */
export function RepeatFields({ control }: { control: Control<BookingValues, unknown, BookingResult> }) {
  const plain = control as unknown as Control<BookingValues>
  const [every, end] = useWatch({ control: plain, name: ['every', 'ends'] })
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">Repeats</legend>
      <FormField control={plain} name="every">
        {(field) => <Select label="Repeats" options={intervals} {...field} />}
      </FormField>
      {every !== '0' && (
        <div className="grid grid-cols-2 items-start gap-3 rounded-control bg-sunken p-3">
          <FormField control={plain} name="ends">
            {(field) => <RadioGroup label="Ends" options={ends} {...field} />}
          </FormField>
          {end === 'count' ? (
            <FormField control={plain} name="count">
              {(field) => <NumberField label="Sessions in all" min={2} max={52} {...field} />}
            </FormField>
          ) : (
            <FormField control={plain} name="until">
              {(field) => <DatePicker label="Last date" {...field} />}
            </FormField>
          )}
        </div>
      )}
    </fieldset>
  )
}
