/** The form of somebody's details: its fields and how they go to the server and come from it. */
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form'
import type { ApiError } from '@/api/errors'
import type { Schema } from '@/api/schema'
import { z } from '@/lib/validation'
import { isRole } from '../words'

const text = (most: number) => z.string().trim().max(most, `At most ${most} characters.`)
const needed = (most: number, missing: string) => text(most).min(1, missing)

const details = {
  first_name: needed(100, 'Enter the first name.'),
  last_name: needed(100, 'Enter the last name.'),
  email: text(254).regex(/^\S+@\S+\.\S+$/, 'Enter an e-mail address.'),
  title: text(100),
  credentials: text(60),
  license_number: text(40),
  license_state: text(2).regex(/^([A-Za-z]{2})?$/, 'Two letters, like NY.'),
  license_expiration_date: z.string().nullable(),
  npi_number: z.string().trim().regex(/^(\d{10})?$/, 'An NPI has ten digits.'),
  phone_number: text(30),
}

export const personShape = z.object(details)
export type PersonValues = z.input<typeof personShape>
export type PersonResult = z.output<typeof personShape>

export const rolesRule = z.array(z.string().refine(isRole)).min(1, 'Choose at least one role.')
export const invitationShape = z.object({ ...details, roles: rolesRule, supervisor_id: z.string().nullable() })
export type InvitationValues = z.input<typeof invitationShape>
export type InvitationResult = z.output<typeof invitationShape>

export const nobody: InvitationValues = {
  first_name: '', last_name: '', email: '', title: '', credentials: '', license_number: '', license_state: '', license_expiration_date: null, npi_number: '', phone_number: '', roles: [], supervisor_id: null,
}

export function valuesOf(person: Schema<'UserOut'>): PersonValues {
  const { first_name, last_name, email, title, credentials, license_number, license_state, license_expiration_date, npi_number, phone_number } = person
  return { first_name, last_name, email, title, credentials, license_number, license_state, license_expiration_date, npi_number, phone_number }
}

/** Puts what the server refused at its fields. Returns the sentence for what belongs to no field. */
export function showRefusal<Values extends FieldValues>(error: ApiError, names: readonly Path<Values>[], setError: UseFormSetError<Values>): string | null {
  const refused = names.filter((name) => error.fields[name]?.[0])
  refused.forEach((name, position) => setError(name, { message: error.fields[name]?.join(' ') ?? error.detail }, { shouldFocus: position === 0 }))
  return refused.length > 0 ? null : error.detail
}

export const detailNames = Object.keys(details) as (keyof PersonValues)[]
