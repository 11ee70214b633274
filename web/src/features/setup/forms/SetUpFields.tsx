import { Eye, EyeOff } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import type { Control, UseFormReturn } from 'react-hook-form'
import { ComboBox } from '@/ui/ComboBox'
import { FormField, type BoundField } from '@/ui/FormField'
import { IconButton } from '@/ui/IconButton'
import { TextField } from '@/ui/TextField'
import type { SetUpValues } from '../pages/SetUpPage'
import { timeZones } from '../time-zones'

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
        <FormField control={control} name="password">{(field) => <PasswordField {...field} />}</FormField>
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

function PasswordField(field: BoundField<string>) {
  const [isShown, setShown] = useState(false)
  return (
    <TextField
      label="Password"
      type={isShown ? 'text' : 'password'}
      required
      autoComplete="new-password"
      hint="At least 12 characters. A few words that belong together only for you are good."
      trailing={<IconButton icon={isShown ? EyeOff : Eye} label={isShown ? 'Hide password' : 'Show password'} size="sm" onPress={() => setShown(!isShown)} />}
      {...field}
    />
  )
}
