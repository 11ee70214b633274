import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { ComboBox as AriaComboBox, Button, Group, Input, ListBox, Popover } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldParts, type ValueField } from './field-parts'
import { fieldStyles } from './field-styles'
import { FieldFrame } from './FieldFrame'
import { OptionRow, type Option } from './Select'
import { Spinner } from './Spinner'

export type ComboBoxProps<Id extends string> = ValueField<Id | null> & {
  /** What the list shows now. With `onSearch` these are the server's answers and are not filtered again. */
  options: readonly Option<Id>[]
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
  const { root, frame, own } = fieldParts(props)
  const { options, value, onChange, search, onSearch, loading = false, empty = 'Nothing matches.', placeholder, ...rest } = own
  return (
    <AriaComboBox
      {...rest}
      {...root}
      value={value}
      onChange={(next) => onChange(next as Id | null)}
      {...(onSearch ? { items: options, inputValue: search ?? '', onInputChange: onSearch } : { defaultItems: options })}
      allowsEmptyCollection
      menuTrigger="input"
    >
      <FieldFrame {...frame}>
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
