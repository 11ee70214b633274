import { CalendarDays } from 'lucide-react'
import { DatePicker as AriaDatePicker, Button, Dialog, Group, Popover } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { toCalendarDate } from './date-values'
import { Segments, type DateFieldProps } from './DateField'
import { fieldParts } from './field-parts'
import { fieldStyles } from './field-styles'
import { FieldFrame } from './FieldFrame'
import { MonthGrid } from './MonthGrid'

export function DatePicker(props: DateFieldProps) {
  const { root, frame, own } = fieldParts(props)
  const { value, onChange, min, max, ...rest } = own
  return (
    <AriaDatePicker
      {...rest}
      {...root}
      value={toCalendarDate(value)}
      onChange={(date) => onChange(date?.toString() ?? null)}
      minValue={toCalendarDate(min ?? null)}
      maxValue={toCalendarDate(max ?? null)}
    >
      <FieldFrame as="span" {...frame}>
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
