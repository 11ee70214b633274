import type { HTMLInputAutoCompleteAttribute, InputHTMLAttributes, KeyboardEventHandler, ReactNode, Ref } from 'react'
import { TextField as AriaTextField, Input } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldParts, type ValueField } from './field-parts'
import { fieldStyles } from './field-styles'
import { FieldFrame } from './FieldFrame'

export type TextFieldProps = ValueField<string> & {
  onKeyDown?: KeyboardEventHandler<HTMLInputElement>
  onKeyUp?: KeyboardEventHandler<HTMLInputElement>
  type?: 'text' | 'email' | 'password' | 'tel' | 'url'
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

export function TextField(props: TextFieldProps) {
  const { root, frame, own } = fieldParts(props)
  const { readOnly, placeholder, trailing, inputClassName, inputRef, onKeyDown, onKeyUp, ...rest } = own
  return (
    <AriaTextField {...rest} {...root} isReadOnly={readOnly}>
      <FieldFrame {...frame}>
        <div className="relative">
          <Input ref={inputRef} placeholder={placeholder} onKeyDown={onKeyDown} onKeyUp={onKeyUp} className={classes(fieldStyles.control, trailing !== undefined && 'pr-10', inputClassName)} />
          {trailing !== undefined && <div className="absolute inset-y-0 right-0.5 flex items-center text-muted">{trailing}</div>}
        </div>
      </FieldFrame>
    </AriaTextField>
  )
}
