import type { LucideIcon } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { buttonStyles } from './button-styles'
import { Spinner } from './Spinner'
import { Tooltip } from './Tooltip'

export type IconButtonProps = {
  icon: LucideIcon
  /** Name for screen readers and text of the tooltip. */
  label: string
  keys?: string
  onPress?: () => void
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'sm' | 'md'
  busy?: boolean
  placement?: 'top' | 'bottom' | 'left' | 'right'
  className?: string
  slot?: string
  'aria-expanded'?: boolean
}

export function IconButton({ icon: Icon, label, keys, variant = 'quiet', size = 'md', busy = false, placement = 'top', className, ...props }: IconButtonProps) {
  const square = size === 'sm' ? 'size-8 px-0' : 'size-9 px-0'
  return (
    <Tooltip text={label} placement={placement} {...(keys && { keys })}>
      <AriaButton {...props} aria-label={label} isPending={busy} className={classes(buttonStyles({ variant }), square, 'coarse:min-w-11', className)}>
        {busy ? <Spinner label="Working" /> : <Icon aria-hidden className="size-[1.125rem] shrink-0" />}
      </AriaButton>
    </Tooltip>
  )
}
