import type { ReactNode } from 'react'
import type { Control, FieldValues } from 'react-hook-form'
import { DatePicker } from '@/ui/DatePicker'
import { FormField } from '@/ui/FormField'
import { TextField } from '@/ui/TextField'
import type { PersonValues } from './person-values'

type PersonFieldsProps = {
  /** Of any form that holds these values. */
  control: unknown
  /** Why the e-mail address stays as it is; null when it can be changed. */
  emailStays?: string | null
  children?: ReactNode
}

/** Name, address, license. */
export function PersonFields({ control: given, emailStays = null, children }: PersonFieldsProps) {
  const control = given as Control<PersonValues & FieldValues>
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <FormField control={control} name="first_name">
          {(field) => <TextField label="First name" required {...field} />}
        </FormField>
        <FormField control={control} name="last_name">
          {(field) => <TextField label="Last name" required {...field} />}
        </FormField>
      </div>
      <FormField control={control} name="email">
        {(field) => <TextField label="E-mail" type="email" required {...field} disabled={field.disabled || emailStays !== null} hint={emailStays ?? 'The invitation goes here, and it is what they sign in with.'} />}
      </FormField>
      {children}
      <div className="grid grid-cols-[1fr_8rem] gap-3">
        <FormField control={control} name="title">
          {(field) => <TextField label="Title" placeholder="Clinical social worker" {...field} />}
        </FormField>
        <FormField control={control} name="credentials">
          {(field) => <TextField label="Credentials" placeholder="LCSW" {...field} />}
        </FormField>
      </div>
      <fieldset className="flex flex-col gap-3">
        <legend className="pb-2 text-13 font-semibold">License</legend>
        <div className="grid grid-cols-[1fr_5rem] gap-3">
          <FormField control={control} name="license_number">
            {(field) => <TextField label="Number" {...field} />}
          </FormField>
          <FormField control={control} name="license_state">
            {(field) => <TextField label="State" maxLength={2} {...field} />}
          </FormField>
        </div>
        <FormField control={control} name="license_expiration_date">
          {(field) => <DatePicker label="Runs out on" hint="You are told 60 days before. A supervisor without a license in force gets no new supervisees." {...field} />}
        </FormField>
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <FormField control={control} name="npi_number">
          {(field) => <TextField label="NPI" inputMode="numeric" maxLength={10} {...field} />}
        </FormField>
        <FormField control={control} name="phone_number">
          {(field) => <TextField label="Phone" type="tel" {...field} />}
        </FormField>
      </div>
    </>
  )
}
