import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { FieldError, Label, Text } from 'react-aria-components'
import { classes } from '@/lib/classes'

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

type FieldFrameProps = Pick<FieldProps, 'label' | 'hideLabel' | 'hint' | 'error' | 'required'> & { children: ReactNode; as?: 'label' | 'span' }

/** Label above, hint and error below; used inside a react-aria field, which ties the three to its input. */
export function FieldFrame({ label, hideLabel = false, hint, error, required = false, children, as = 'label' }: FieldFrameProps) {
  return (
    <>
      <Label elementType={as} className={classes('text-13 font-medium text-text', hideLabel && 'sr-only')}>
        {label}
        {required && (
          <span aria-hidden className="ml-0.5 text-danger-text">
            *
          </span>
        )}
      </Label>
      {children}
      {hint !== undefined && (
        <Text slot="description" className="text-12 text-muted">
          {hint}
        </Text>
      )}
      <FieldError className="flex items-start gap-1.5 text-12 text-danger-text">
        <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
        <span>{error}</span>
      </FieldError>
    </>
  )
}
