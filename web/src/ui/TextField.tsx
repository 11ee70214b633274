import type { HTMLInputAutoCompleteAttribute, InputHTMLAttributes, KeyboardEventHandler, ReactNode, Ref } from 'react'
import { TextField as AriaTextField, Input } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldStyles } from './field-styles'
import { FieldFrame, type FieldProps } from './FieldFrame'

export type TextFieldProps = FieldProps & {
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  onKeyDown?: KeyboardEventHandler<HTMLInputElement>
  onKeyUp?: KeyboardEventHandler<HTMLInputElement>
  type?: 'text' | 'email' | 'password' | 'tel' | 'url'
  name?: string
  autoComplete?: HTMLInputAutoCompleteAttribute
  inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode']
  placeholder?: string
  maxLength?: number
  autoFocus?: boolean
  readOnly?: boolean
  /** Stands inside the field at its end: a unit, a "show" button. */
  trailing?: ReactNode
  inputClassName?: string
  inputRef?: Ref<HTMLInputElement>
}

export function TextField({ label, hideLabel, hint, error, required, disabled, readOnly, className, placeholder, trailing, inputClassName, inputRef, onKeyDown, onKeyUp, ...props }: TextFieldProps) {
  return (
    <AriaTextField
      {...props}
      isInvalid={error !== undefined}
      isRequired={required}
      isDisabled={disabled}
      isReadOnly={readOnly}
      validationBehavior="aria"
      className={classes(fieldStyles.root, className)}
    >
      <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} required={required}>
        <div className="relative">
          <Input ref={inputRef} placeholder={placeholder} onKeyDown={onKeyDown} onKeyUp={onKeyUp} className={classes(fieldStyles.control, trailing !== undefined && 'pr-10', inputClassName)} />
          {trailing !== undefined && <div className="absolute inset-y-0 right-0.5 flex items-center text-muted">{trailing}</div>}
        </div>
      </FieldFrame>
    </AriaTextField>
  )
}
