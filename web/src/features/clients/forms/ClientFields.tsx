import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Control } from 'react-hook-form'
import { today } from '@/lib/dates'
import { useMe } from '@/api/me'
import { DateField } from '@/ui/DateField'
import { FormField } from '@/ui/FormField'
import { Select } from '@/ui/Select'
import { TextField, type TextFieldProps } from '@/ui/TextField'
import { staffQuery } from '../queries'
import { fieldWords, nobody, type ClientValues, type FieldName } from './client-values'

type Fields = { control: Control<ClientValues> }
type TextName = Exclude<FieldName, 'date_of_birth' | 'primary_therapist_id'>

function Text({ control, name, ...props }: Fields & { name: TextName } & Partial<Omit<TextFieldProps, 'name'>>) {
  return (
    <FormField control={control} name={name}>
      {(field) => <TextField label={fieldWords[name]} autoComplete="off" {...props} {...field} />}
    </FormField>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col">
      <legend className="pb-2 text-13 font-semibold">{title}</legend>
      <div className="grid grid-cols-2 gap-x-3 gap-y-3.5">{children}</div>
    </fieldset>
  )
}

/** Every field of a client's details, grouped; the same for a new client and a change. */
export function ClientFields({ control }: Fields) {
  const { timezone } = useMe().practice
  return (
    <div className="flex flex-col gap-6">
      <Group title="Name">
        <Text control={control} name="first_name" required />
        <Text control={control} name="last_name" required />
        <Text control={control} name="preferred_name" hint="What the client is called. Shown first everywhere." className="col-span-2" />
        <Text control={control} name="middle_name" />
        <Text control={control} name="pronouns" placeholder="she/her, they/them…" />
      </Group>
      <Group title="Person">
        <FormField control={control} name="date_of_birth">
          {(field) => <DateField label={fieldWords.date_of_birth} required max={today(timezone)} {...field} />}
        </FormField>
        <Text control={control} name="gender" />
      </Group>
      <Group title="Contact">
        <Text control={control} name="primary_phone" type="tel" />
        <Text control={control} name="email" type="email" />
        <Text control={control} name="street1" className="col-span-2" />
        <Text control={control} name="city" className="col-span-2" />
        <Text control={control} name="state" />
        <Text control={control} name="zip_code" inputMode="numeric" />
      </Group>
      <Group title="Care">
        <TherapistField control={control} />
      </Group>
    </div>
  )
}

function TherapistField({ control }: Fields) {
  const { data = [] } = useQuery(staffQuery())
  const treating = data.filter(({ is_schedulable }) => is_schedulable)
  const options = [{ id: nobody, label: 'Nobody yet' }, ...treating.map(({ id, name, credentials }) => ({ id, label: name, detail: credentials || undefined }))]
  return (
    <FormField control={control} name="primary_therapist_id">
      {(field) => <Select label={fieldWords.primary_therapist_id} options={options} className="col-span-2" {...field} />}
    </FormField>
  )
}
