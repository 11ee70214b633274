import type { Control, FieldPath, FieldPathValue, FieldValues } from 'react-hook-form'
import { useController } from 'react-hook-form'
import type { ReactElement } from 'react'

/** What a form hands a field. */
export type BoundField<Value> = { name: string; value: Value; onChange: (value: Value) => void; onBlur: () => void; error: string | undefined; disabled: boolean }

type FormFieldProps<Values extends FieldValues, Name extends FieldPath<Values>> = {
  control: Control<Values>
  name: Name
  /** The field itself: `{(field) => <TextField label="E-mail" {...field} />}`. */
  children: (field: BoundField<FieldPathValue<Values, Name>>) => ReactElement
}

/** Ties any ui field to a react-hook-form form: value, blur, error and "saving" come from it. */
export function FormField<Values extends FieldValues, Name extends FieldPath<Values>>({ control, name, children }: FormFieldProps<Values, Name>) {
  const { field, fieldState, formState } = useController({ control, name })
  return children({ name, value: field.value, onChange: field.onChange, onBlur: field.onBlur, error: fieldState.error?.message, disabled: formState.isSubmitting })
}
