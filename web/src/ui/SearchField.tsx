import { Search, X } from 'lucide-react'
import { SearchField as AriaSearchField, Button, Input, Label } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldStyles } from './field-styles'

export type SearchFieldProps = {
  label: string
  value: string
  onChange: (text: string) => void
  placeholder?: string
  autoFocus?: boolean
  className?: string
}

/** Narrows what is on the page. Esc clears it. */
export function SearchField({ label, placeholder, className, ...props }: SearchFieldProps) {
  return (
    <AriaSearchField {...props} className={classes('group relative', className)}>
      <Label className="sr-only">{label}</Label>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
      <Input placeholder={placeholder ?? label} className={classes(fieldStyles.control, 'px-9 [&::-webkit-search-cancel-button]:hidden')} />
      <Button aria-label="Clear search" className={classes(fieldStyles.innerButton, 'absolute top-1/2 right-0.5 -translate-y-1/2 group-data-empty:invisible')}>
        <X aria-hidden className="size-4" />
      </Button>
    </AriaSearchField>
  )
}
