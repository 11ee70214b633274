import { useMemo, type ReactNode } from 'react'
import type { Control, UseFormReturn } from 'react-hook-form'
import { ComboBox } from '@/ui/ComboBox'
import { FormField } from '@/ui/FormField'
import { NewPasswordField } from '@/ui/NewPasswordField'
import { TextField } from '@/ui/TextField'
import type { SetUpValues } from '../pages/SetUpPage'
import { timeZones } from '../time-zones'

const rules = ['Nothing many people use: a few words that do not belong together work well', 'Not made of your name, your address or the practice’s name']

type SetUpFieldsProps<Result> = { form: UseFormReturn<SetUpValues, unknown, Result> }

export function SetUpFields<Result>({ form }: SetUpFieldsProps<Result>) {
  const control = form.control as unknown as Control<SetUpValues>
  const zones = useMemo(() => timeZones(), [])
  return (
    <>
      <Group title="The practice">
        <FormField control={control} name="practice_name">
          {(field) => <TextField label="Practice name" required autoComplete="organization" autoFocus {...field} />}
        </FormField>
        <FormField control={control} name="timezone">
          {(field) => <ComboBox label="Time zone" required hint="The calendar keeps this time, wherever one looks at it from." options={zones} empty="No time zone has this name. Try the nearest large city." {...field} />}
        </FormField>
      </Group>
      <Group title="You">
        <div className="grid grid-cols-2 gap-3">
          <FormField control={control} name="first_name">
            {(field) => <TextField label="First name" required autoComplete="given-name" {...field} />}
          </FormField>
          <FormField control={control} name="last_name">
            {(field) => <TextField label="Last name" required autoComplete="family-name" {...field} />}
          </FormField>
        </div>
        <FormField control={control} name="email">
          {(field) => <TextField label="E-mail" type="email" required autoComplete="username" hint="You sign in with it." {...field} />}
        </FormField>
        <FormField control={control} name="password">{(field) => <NewPasswordField label="Password" required shortest={12} rules={rules} {...field} />}</FormField>
      </Group>
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-3.5">
      <legend className="pb-2.5 text-13 font-semibold">{title}</legend>
      {children}
    </fieldset>
  )
}
