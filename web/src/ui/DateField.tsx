import { DateField as AriaDateField, DateInput, DateSegment } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { toCalendarDate } from './date-values'
import { fieldStyles } from './field-styles'
import { FieldFrame, type FieldProps } from './FieldFrame'

export type DateFieldProps = FieldProps & {
  /** `2026-11-24`, or null. */
  value: string | null
  onChange: (value: string | null) => void
  onBlur?: () => void
  name?: string
  min?: string
  max?: string
  autoFocus?: boolean
}

/** A date one knows by heart, typed: a birthday. To pick one by looking, DatePicker. */
export function DateField({ label, hideLabel, hint, error, required, disabled, className, value, onChange, min, max, ...props }: DateFieldProps) {
  return (
    <AriaDateField
      {...props}
      value={toCalendarDate(value)}
      onChange={(date) => onChange(date?.toString() ?? null)}
      minValue={toCalendarDate(min ?? null)}
      maxValue={toCalendarDate(max ?? null)}
      isInvalid={error !== undefined}
      isRequired={required}
      isDisabled={disabled}
      validationBehavior="aria"
      className={classes(fieldStyles.root, className)}
    >
      <FieldFrame as="span" label={label} hideLabel={hideLabel} hint={hint} error={error} required={required}>
        <Segments className={classes(fieldStyles.group, 'px-2')} />
      </FieldFrame>
    </AriaDateField>
  )
}

/** The parts of a date or time, each typed or stepped with the arrow keys. */
export function Segments({ className }: { className?: string }) {
  return (
    <DateInput className={className}>
      {(segment) => (
        <DateSegment
          segment={segment}
          className="rounded-[3px] px-0.5 tabular outline-none data-focused:bg-accent data-focused:text-accent-contrast data-focus-visible:outline-none data-placeholder:text-muted data-focused:data-placeholder:text-accent-contrast data-[type=literal]:px-0 forced-colors:data-focused:outline-2"
        />
      )}
    </DateInput>
  )
}
