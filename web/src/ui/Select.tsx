import { Check, ChevronDown } from 'lucide-react'
import { Select as AriaSelect, Button, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldParts, type ValueField } from './field-parts'
import { fieldStyles } from './field-styles'
import { FieldFrame } from './FieldFrame'

export type Option<Id extends string = string> = { id: Id; label: string; detail?: string | undefined; disabled?: boolean }

export type SelectProps<Id extends string> = ValueField<Id | null, Id> & {
  options: readonly Option<Id>[]
  placeholder?: string
}

/** One of a few. More than about ten, or typed by people who know the name: ComboBox. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const { root, frame, own } = fieldParts(props)
  const { options, value, onChange, placeholder = 'Choose…', ...rest } = own
  return (
    <AriaSelect
      {...rest}
      {...root}
      value={value}
      onChange={(next) => next !== null && onChange(next as Id)}
      placeholder={placeholder}
    >
      <FieldFrame as="span" {...frame}>
        <Button className={classes(fieldStyles.control, 'flex items-center justify-between gap-2 text-left group-data-invalid/field:border-danger')}>
          <SelectValue className="truncate data-placeholder:text-muted" />
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
        </Button>
        <Popover offset={4} className={classes(fieldStyles.popover, 'min-w-(--trigger-width)')}>
          <ListBox items={options} className="max-h-80 overflow-auto p-1 outline-none">
            {(option) => <OptionRow option={option} />}
          </ListBox>
        </Popover>
      </FieldFrame>
    </AriaSelect>
  )
}

/** A row of a Select or ComboBox list. */
export function OptionRow({ option }: { option: Option }) {
  return (
    <ListBoxItem id={option.id} textValue={option.label} isDisabled={option.disabled} className={fieldStyles.option}>
      {({ isSelected }) => (
        <>
          <span className="min-w-0 flex-1">
            <span className="block truncate">{option.label}</span>
            {option.detail && <span className="block truncate text-12 font-normal text-muted">{option.detail}</span>}
          </span>
          {isSelected && <Check aria-hidden className="size-4 shrink-0 text-accent-text" />}
        </>
      )}
    </ListBoxItem>
  )
}
