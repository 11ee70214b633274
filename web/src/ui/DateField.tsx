import { DateField as AriaDateField, DateInput, DateSegment } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { toCalendarDate } from './date-values'
import { fieldParts, type ValueField } from './field-parts'
import { fieldStyles } from './field-styles'
import { FieldFrame } from './FieldFrame'

/** Its value is `2026-11-24`, or null. */
export type DateFieldProps = ValueField<string | null> & {
  min?: string
  max?: string
  autoFocus?: boolean
}

/** A date one knows by heart, typed: a birthday. To pick one by looking, DatePicker. */
export function DateField(props: DateFieldProps) {
  const { root, frame, own } = fieldParts(props)
  const { value, onChange, min, max, ...rest } = own
  return (
    <AriaDateField
      {...rest}
      {...root}
      value={toCalendarDate(value)}
      onChange={(date) => onChange(date?.toString() ?? null)}
      minValue={toCalendarDate(min ?? null)}
      maxValue={toCalendarDate(max ?? null)}
    >
      <FieldFrame as="span" {...frame}>
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
