import type { KeyboardEventHandler, Ref } from 'react'
import { TextArea as AriaTextArea, TextField } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldStyles } from './field-styles'
import { FieldFrame, type FieldProps } from './FieldFrame'

export type TextAreaProps = FieldProps & {
  value: string
  onChange: (value: string) => void
  onBlur?: () => void
  onKeyDown?: KeyboardEventHandler<HTMLTextAreaElement>
  name?: string
  placeholder?: string
  maxLength?: number
  autoFocus?: boolean
  readOnly?: boolean
  /** Rows it starts with; it grows with its text. */
  rows?: number
  /** `prose` is for notes: 16 px at 1.6, the size they are read in. */
  text?: 'body' | 'prose'
  inputRef?: Ref<HTMLTextAreaElement>
}

export function TextArea({ label, hideLabel, hint, error, required, disabled, readOnly, className, rows = 3, text = 'body', placeholder, inputRef, onKeyDown, ...props }: TextAreaProps) {
  return (
    <TextField {...props} isInvalid={error !== undefined} isRequired={required} isDisabled={disabled} isReadOnly={readOnly} validationBehavior="aria" className={classes(fieldStyles.root, className)}>
      <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} required={required}>
        <AriaTextArea
          ref={inputRef}
          rows={rows}
          placeholder={placeholder}
          onKeyDown={onKeyDown}
          className={classes(fieldStyles.control, 'field-sizing-content h-auto min-h-9 resize-y py-2 leading-[1.45] coarse:h-auto', text === 'prose' && 'px-3.5 py-3 text-16 leading-[1.6]')}
        />
      </FieldFrame>
    </TextField>
  )
}
