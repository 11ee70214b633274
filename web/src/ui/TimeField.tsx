import { TimeField as AriaTimeField } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fromClockTime, toClockTime } from './date-values'
import { Segments } from './DateField'
import { fieldParts, type ValueField } from './field-parts'
import { fieldStyles } from './field-styles'
import { FieldFrame } from './FieldFrame'

/** Its value is `15:00` on the practice's clock, or null. */
export type TimeFieldProps = ValueField<string | null>

export function TimeField(props: TimeFieldProps) {
  const { root, frame, own } = fieldParts(props)
  const { value, onChange, ...rest } = own
  return (
    <AriaTimeField
      {...rest}
      {...root}
      value={toClockTime(value)}
      onChange={(time) => onChange(fromClockTime(time))}
    >
      <FieldFrame as="span" {...frame}>
        <Segments className={classes(fieldStyles.group, 'px-2')} />
      </FieldFrame>
    </AriaTimeField>
  )
}
