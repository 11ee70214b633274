import type { KeyboardEventHandler, Ref } from 'react'
import { TextArea as AriaTextArea, TextField } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldParts, type ValueField } from './field-parts'
import { fieldStyles } from './field-styles'
import { FieldFrame } from './FieldFrame'

export type TextAreaProps = ValueField<string> & {
  onKeyDown?: KeyboardEventHandler<HTMLTextAreaElement>
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

export function TextArea(props: TextAreaProps) {
  const { root, frame, own } = fieldParts(props)
  const { readOnly, rows = 3, text = 'body', placeholder, inputRef, onKeyDown, ...rest } = own
  return (
    <TextField {...rest} {...root} isReadOnly={readOnly}>
      <FieldFrame {...frame} prominent={text === 'prose'}>
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
