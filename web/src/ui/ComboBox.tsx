import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { ComboBox as AriaComboBox, Button, Group, Input, ListBox, Popover } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldStyles } from './field-styles'
import { FieldFrame, type FieldProps } from './FieldFrame'
import { OptionRow, type Option } from './Select'
import { Spinner } from './Spinner'

export type ComboBoxProps<Id extends string> = FieldProps & {
  /** What the list shows now. With `onSearch` these are the server's answers and are not filtered again. */
  options: readonly Option<Id>[]
  value: Id | null
  onChange: (value: Id | null) => void
  onBlur?: () => void
  name?: string
  placeholder?: string
  /** Text in the box; both or neither of these two. */
  search?: string
  onSearch?: (text: string) => void
  loading?: boolean
  autoFocus?: boolean
  /** Shown when nothing matches: what to try instead. */
  empty?: ReactNode
}

export function ComboBox<Id extends string>(props: ComboBoxProps<Id>) {
  const { label, hideLabel, hint, error, required, disabled, className, options, value, onChange, search, onSearch, loading = false, empty = 'Nothing matches.', placeholder, ...rest } = props
  return (
    <AriaComboBox
      {...rest}
      value={value}
      onChange={(next) => onChange(next as Id | null)}
      {...(onSearch ? { items: options, inputValue: search ?? '', onInputChange: onSearch } : { defaultItems: options })}
      allowsEmptyCollection
      menuTrigger="input"
      isInvalid={error !== undefined}
      isRequired={required}
      isDisabled={disabled}
      validationBehavior="aria"
      className={classes(fieldStyles.root, className)}
    >
      <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error} required={required}>
        <Group className={fieldStyles.group}>
          <Input className={fieldStyles.bareInput} placeholder={placeholder} />
          {loading && <Spinner className="mr-1 text-muted" />}
          <Button className={fieldStyles.innerButton}>
            <ChevronDown aria-hidden className="size-4" />
          </Button>
        </Group>
        <Popover offset={4} className={classes(fieldStyles.popover, 'w-(--trigger-width) min-w-64')}>
          <ListBox className="max-h-80 overflow-auto p-1 outline-none" renderEmptyState={() => <p className="px-2.5 py-2 text-13 text-muted">{loading ? 'Searching…' : empty}</p>}>
            {(option: Option<Id>) => <OptionRow option={option} />}
          </ListBox>
        </Popover>
      </FieldFrame>
    </AriaComboBox>
  )
}
