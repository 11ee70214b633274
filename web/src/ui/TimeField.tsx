import { TimeField as AriaTimeField } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fromClockTime, toClockTime } from './date-values'
import { Segments } from './DateField'
import { fieldStyles } from './field-styles'
import { FieldFrame, type FieldProps } from './FieldFrame'

export type TimeFieldProps = FieldProps & {
  /** `15:00` on the practice's clock, or null. */
  value: string | null
  onChange: (value: string | null) => void
  onBlur?: () => void
  name?: string
}

export function TimeField({ label, hideLabel, hint, error, required, disabled, className, value, onChange, ...props }: TimeFieldProps) {
  return (
    <AriaTimeField
      {...props}
      value={toClockTime(value)}
      onChange={(time) => onChange(fromClockTime(time))}
      isInvalid={error !== undefined}
      isRequired={required}
      isDisabled={disabled}
      validationBehavior="aria"
      className={classes(fieldStyles.root, className)}
    >
      <FieldFrame as="span" label={label} hideLabel={hideLabel} hint={hint} error={error} required={required}>
        <Segments className={classes(fieldStyles.group, 'px-2')} />
      </FieldFrame>
    </AriaTimeField>
  )
}
