import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { FieldError, Label, Text } from 'react-aria-components'
import { classes } from '@/lib/classes'
import type { FieldProps } from './field-parts'

type FieldFrameProps = Pick<FieldProps, 'label' | 'hideLabel' | 'hint' | 'error' | 'required'> & { children: ReactNode; as?: 'label' | 'span'; /** The label is a heading of the document one writes. */ prominent?: boolean }

/** Label above, hint and error below; used inside a react-aria field, which ties the three to its input. */
export function FieldFrame({ label, hideLabel = false, hint, error, required = false, children, as = 'label', prominent = false }: FieldFrameProps) {
  return (
    <>
      <Label elementType={as} className={classes('font-medium text-text', prominent ? 'pb-0.5 text-14 font-semibold' : 'text-13', hideLabel && 'sr-only')}>
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
