import { Check, type LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Menu as AriaMenu, Header, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldStyles } from './field-styles'
import { Kbd } from './Kbd'

export type MenuEntry = {
  id: string
  label: string
  icon?: LucideIcon
  detail?: string
  keys?: string
  danger?: boolean
  /** Why it cannot be chosen now; shown under its name. */
  disabledReason?: string | null
  /** Marks the one in force: a theme, a sort order. */
  current?: boolean
  href?: string
  onAction?: () => void
}
export type MenuGroup = { id: string; title?: string; items: readonly MenuEntry[] }

export type MenuProps = {
  /** The Button or IconButton it opens from. */
  trigger: ReactElement
  label: string
  groups: readonly MenuGroup[]
  /** Stands above the entries: who one is, what it is about. */
  header?: ReactNode
  placement?: 'bottom start' | 'bottom end' | 'right top' | 'top start' | 'top end'
}

export function Menu({ trigger, label, groups, header, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={6} className={classes(fieldStyles.popover, 'min-w-52')}>
        {header !== undefined && <div className="border-b border-line px-3.5 py-3">{header}</div>}
        <AriaMenu aria-label={label} className="max-h-[inherit] overflow-auto p-1 outline-none">
          {groups.map((group) => (
            <MenuSection key={group.id} {...(!group.title && { 'aria-label': group.id })} className="not-first:mt-1 not-first:border-t not-first:border-line not-first:pt-1">
              {group.title && <Header className="px-2.5 pt-1.5 pb-1 text-12 font-medium text-muted">{group.title}</Header>}
              {group.items.map((item) => (
                <Entry key={item.id} {...item} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

function Entry({ id, label, icon: Icon, detail, keys, danger, disabledReason, current, href, onAction }: MenuEntry) {
  const below = disabledReason ?? detail
  return (
    <MenuItem id={id} textValue={label} isDisabled={Boolean(disabledReason)} {...(href && { href })} {...(onAction && { onAction })} className={classes(fieldStyles.option, danger && 'text-danger-text')}>
      {Icon && <Icon aria-hidden className={classes('size-4 shrink-0', !danger && 'text-muted')} />}
      <span className="min-w-0 flex-1">
        <span className="block">{label}</span>
        {below && <span className="block max-w-60 text-12 text-muted">{below}</span>}
      </span>
      {current && <Check aria-label="current" className="size-4 shrink-0 text-accent-text" />}
      {keys && <Kbd keys={keys} />}
    </MenuItem>
  )
}
