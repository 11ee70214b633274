/** The form of a client's details: its fields, their words, and how they go to the server and come from it. */
import type { UseFormSetError } from 'react-hook-form'
import type { ApiError } from '@/api/errors'
import type { Schema } from '@/api/schema'
import { z } from '@/lib/validation'

/** No therapist, in a field that must have a value. */
export const nobody = 'nobody'

const text = (most: number) => z.string().trim().max(most, `At most ${most} characters.`)
const needed = (most: number, missing: string) => text(most).min(1, missing)

export const clientShape = z.object({
  first_name: needed(100, 'Enter the first name.'),
  middle_name: text(200),
  last_name: needed(100, 'Enter the last name.'),
  preferred_name: text(200),
  pronouns: text(40),
  date_of_birth: z.string().nullable().pipe(z.string('Enter the date of birth.')),
  gender: text(40),
  primary_phone: text(30),
  email: text(254).refine((value) => value === '' || /^\S+@\S+\.\S+$/.test(value), 'This is not an e-mail address.'),
  street1: text(200),
  city: text(100),
  state: text(40),
  zip_code: text(20),
  primary_therapist_id: z.string(),
})

export type ClientValues = z.input<typeof clientShape>
export type ClientResult = z.output<typeof clientShape>
export type FieldName = keyof ClientValues

export const fieldWords: Record<FieldName, string> = {
  first_name: 'Legal first name',
  middle_name: 'Middle name',
  last_name: 'Last name',
  preferred_name: 'Chosen name',
  pronouns: 'Pronouns',
  date_of_birth: 'Date of birth',
  gender: 'Gender',
  primary_phone: 'Phone',
  email: 'E-mail',
  street1: 'Street',
  city: 'City',
  state: 'State',
  zip_code: 'ZIP code',
  primary_therapist_id: 'Primary therapist',
}
export const fieldNames = Object.keys(fieldWords) as FieldName[]

export const emptyClient: ClientValues = {
  first_name: '',
  middle_name: '',
  last_name: '',
  preferred_name: '',
  pronouns: '',
  date_of_birth: null,
  gender: '',
  primary_phone: '',
  email: '',
  street1: '',
  city: '',
  state: '',
  zip_code: '',
  primary_therapist_id: nobody,
}

export function valuesOf(client: Schema<'ClientOut'>): ClientValues {
  const { first_name, middle_name, last_name, preferred_name, pronouns, date_of_birth, gender, primary_phone, email, street1, city, state, zip_code, primary_therapist_id } = client
  return { first_name, middle_name, last_name, preferred_name, pronouns, date_of_birth, gender, primary_phone, email, street1, city, state, zip_code, primary_therapist_id: primary_therapist_id ?? nobody }
}

export const toClient = ({ primary_therapist_id, ...values }: ClientResult): Schema<'ClientIn'> => ({ ...values, primary_therapist_id: primary_therapist_id === nobody ? null : primary_therapist_id })

const isField = (name: string): name is FieldName => name in fieldWords

/** Puts what the server refused at its fields. Returns the sentence for what belongs to no field. */
export function showRefusal(error: ApiError, setError: UseFormSetError<ClientValues>): string | null {
  const refused = Object.entries(error.fields).map(([name, [message = error.detail]]) => ({ name: name === 'person_id' ? 'primary_therapist_id' : name, message }))
  refused.forEach(({ name, message }, position) => isField(name) && setError(name, { message }, { shouldFocus: position === 0 }))
  return refused.length > 0 && refused.every(({ name }) => isField(name)) ? null : error.detail
}
