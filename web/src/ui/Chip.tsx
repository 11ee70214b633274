import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { ToggleButton } from 'react-aria-components'

export type ChipProps = { children: ReactNode; selected: boolean; onChange: (selected: boolean) => void; icon?: LucideIcon; count?: number }

/** A filter that is on or off. Put several in a `role="group"` with a name. */
export function Chip({ children, selected, onChange, icon: Icon, count }: ChipProps) {
  return (
    <ToggleButton
      isSelected={selected}
      onChange={onChange}
      className="inline-flex h-8 items-center gap-1.5 rounded-full border border-line-strong/60 bg-raised px-3 text-13 whitespace-nowrap text-text transition-colors duration-120 coarse:h-11 data-hovered:bg-hover data-selected:border-accent data-selected:bg-accent-soft data-selected:font-medium data-selected:text-accent-text forced-colors:data-selected:border-2 forced-colors:data-selected:underline"
    >
      {Icon && <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
      {count !== undefined && <span className="text-12 text-muted tabular">{count}</span>}
    </ToggleButton>
  )
}
