import type { ReactNode } from 'react'
import { classes } from '@/lib/classes'
import { fieldStyles } from './field-styles'

/** What every field takes. `error` is a sentence that says what to do; it marks the field and is read out with it. */
export type FieldProps = {
  label: string
  /** Keeps the label for screen readers only: where the place says it already (a search, a table cell). */
  hideLabel?: boolean
  hint?: ReactNode
  error?: string | undefined
  required?: boolean
  disabled?: boolean
  className?: string
}

/** A field that holds a value; what it hands out is narrower where it cannot be emptied. FormField fills all of these. */
export type ValueField<Value, Given = Value> = FieldProps & {
  value: Value
  onChange: (value: Given) => void
  onBlur?: () => void
  name?: string
}

/** Takes a field's props apart: `root` for the react-aria field, `frame` for its FieldFrame, and what is left for the field itself. */
export function fieldParts<Props extends FieldProps>({ label, hideLabel, hint, error, required, disabled, className, ...own }: Props) {
  const root = { isInvalid: error !== undefined, isRequired: required, isDisabled: disabled, validationBehavior: 'aria', className: classes(fieldStyles.root, className) } as const
  return { root, frame: { label, hideLabel, hint, error, required }, own }
}
