import { useQuery } from '@tanstack/react-query'
import { useWatch, type Control, type UseFormSetValue } from 'react-hook-form'
import { DatePicker } from '@/ui/DatePicker'
import { FormField } from '@/ui/FormField'
import { NumberField } from '@/ui/NumberField'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TimeField } from '@/ui/TimeField'
import { locationsQuery } from '../queries'
import { clockOf, DAY, minutesOf } from '../wall-clock'
import { appointmentTypes, NONE, type EditValues } from './session-values'

/** The form itself; a booking has these fields and more. */
export type Fields = { control: Control<EditValues>; setValue: UseFormSetValue<EditValues> }

const types = appointmentTypes.map((id) => ({ id, label: id }))

export function TypeField({ control }: Pick<Fields, 'control'>) {
  return (
    <FormField control={control} name="appointment_type">
      {(field) => <Select label="Type" options={types} {...field} />}
    </FormField>
  )
}

/** Date, start, length and end. The end follows the length and the other way round; only the length is kept. */
export function TimeFields({ control, setValue, refusal = null }: Fields & { refusal?: string | null }) {
  const [start, minutes] = useWatch({ control, name: ['start', 'minutes'] })
  const end = start !== null && minutes !== null ? clockOf((minutesOf(start) + minutes) % DAY) : null
  const setEnd = (clock: string | null) => {
    if (clock === null || start === null) return
    const length = (minutesOf(clock) - minutesOf(start) + DAY) % DAY
    setValue('minutes', length, { shouldValidate: true, shouldDirty: true })
  }
  const locked = refusal !== null
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">When</legend>
      <FormField control={control} name="date">
        {(field) => <DatePicker label="Date" required hint={refusal ?? undefined} {...field} disabled={locked || field.disabled} />}
      </FormField>
      <div className="grid grid-cols-3 gap-3">
        <FormField control={control} name="start">
          {(field) => <TimeField label="Start" required {...field} disabled={locked || field.disabled} />}
        </FormField>
        <TimeField label="End" value={end} onChange={setEnd} disabled={locked} />
        <FormField control={control} name="minutes">
          {(field) => <NumberField label="Minutes" required min={5} max={480} step={5} {...field} disabled={locked || field.disabled} />}
        </FormField>
      </div>
    </fieldset>
  )
}

export function PlaceFields({ control, setValue }: Fields) {
  const { data: locations = [] } = useQuery(locationsQuery())
  const locationId = useWatch({ control, name: 'location_id' })
  const rooms = locations.find(({ id }) => id === locationId)?.rooms ?? []
  return (
    <div className="grid grid-cols-2 gap-3">
      <FormField control={control} name="location_id">
        {(field) => (
          <Select
            label="Location"
            options={[{ id: NONE, label: 'No location' }, ...locations.map(({ id, name, is_telehealth }) => ({ id, label: name, detail: is_telehealth ? 'Video' : undefined }))]}
            {...field}
            onChange={(id) => {
              field.onChange(id)
              setValue('room_id', NONE, { shouldDirty: true })
            }}
          />
        )}
      </FormField>
      <FormField control={control} name="room_id">
        {(field) => <Select label="Room" options={[{ id: NONE, label: 'No room' }, ...rooms.map(({ id, name }) => ({ id, label: name }))]} {...field} disabled={rooms.length === 0 || field.disabled} />}
      </FormField>
    </div>
  )
}

export function MemoField({ control }: Pick<Fields, 'control'>) {
  return (
    <FormField control={control} name="memo">
      {(field) => <TextArea label="Memo" rows={2} maxLength={500} hint="For colleagues: seen by everybody who sees the schedule." {...field} />}
    </FormField>
  )
}
