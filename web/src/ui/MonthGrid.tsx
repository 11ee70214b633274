import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Button, Calendar, CalendarCell, CalendarGrid, CalendarGridBody, CalendarGridHeader, CalendarHeaderCell, Heading } from 'react-aria-components'
import { toCalendarDate } from './date-values'

type MonthGridProps = {
  /** Inside a DatePicker these come from it; alone (a week to jump to) they are given. */
  label?: string
  value?: string | null
  onChange?: (value: string) => void
}

const stepButton = 'flex size-8 items-center justify-center rounded-control text-muted data-hovered:bg-hover data-hovered:text-text data-disabled:opacity-40'

export function MonthGrid({ label, value, onChange }: MonthGridProps) {
  return (
    <Calendar {...(label && { 'aria-label': label })} {...(value !== undefined && { value: toCalendarDate(value) })} {...(onChange && { onChange: (date) => onChange(date.toString()) })}>
      <header className="mb-2 flex items-center justify-between gap-2">
        <Button slot="previous" className={stepButton}>
          <ChevronLeft aria-hidden className="size-4" />
        </Button>
        <Heading className="text-14 font-semibold" />
        <Button slot="next" className={stepButton}>
          <ChevronRight aria-hidden className="size-4" />
        </Button>
      </header>
      <CalendarGrid weekdayStyle="short" className="border-separate border-spacing-0.5">
        <CalendarGridHeader>{(day) => <CalendarHeaderCell className="pb-1 text-12 font-medium text-muted">{day}</CalendarHeaderCell>}</CalendarGridHeader>
        <CalendarGridBody>
          {(date) => (
            <CalendarCell
              date={date}
              className="flex size-9 cursor-default items-center justify-center rounded-control text-13 tabular data-disabled:text-muted/60 data-hovered:bg-hover data-outside-month:hidden data-selected:bg-accent data-selected:font-medium data-selected:text-accent-contrast data-today:not-data-selected:font-semibold data-today:not-data-selected:text-accent-text data-unavailable:line-through"
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  )
}
