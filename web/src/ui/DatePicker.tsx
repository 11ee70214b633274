import { CalendarDays } from 'lucide-react'
import { DatePicker as AriaDatePicker, Button, Dialog, Group, Popover } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { toCalendarDate } from './date-values'
import { Segments, type DateFieldProps } from './DateField'
import { fieldStyles } from './field-styles'
import { FieldFrame } from './FieldFrame'
import { MonthGrid } from './MonthGrid'

export function DatePicker({ label, hideLabel, hint, error, required, disabled, className, value, onChange, min, max, ...props }: DateFieldProps) {
  return (
    <AriaDatePicker
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
        <Group className={fieldStyles.group}>
          <Segments className="flex h-full flex-1 items-center px-2" />
          <Button className={fieldStyles.innerButton}>
            <CalendarDays aria-hidden className="size-4" />
          </Button>
        </Group>
        <Popover offset={4} className={classes(fieldStyles.popover, 'p-3')}>
          <Dialog className="outline-none">
            <MonthGrid />
          </Dialog>
        </Popover>
      </FieldFrame>
    </AriaDatePicker>
  )
}
