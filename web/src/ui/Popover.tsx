import type { ReactElement, ReactNode } from 'react'
import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { fieldStyles } from './field-styles'

export type PopoverProps = {
  /** The Button or IconButton it opens from. */
  trigger: ReactElement
  label: string
  placement?: 'bottom' | 'bottom start' | 'bottom end' | 'right' | 'left' | 'top'
  /** A function gets `close`. */
  children: ReactNode | ((close: () => void) => ReactNode)
  className?: string
}

export function Popover({ trigger, label, placement = 'bottom start', children, className }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover placement={placement} offset={6} className={classes(fieldStyles.popover, 'max-w-[calc(100vw-1rem)]')}>
        <Dialog aria-label={label} className={classes('max-h-[inherit] overflow-auto p-4 outline-none', className)}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
