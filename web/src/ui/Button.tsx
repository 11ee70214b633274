import type { VariantProps } from 'class-variance-authority'
import type { LucideIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { buttonStyles } from './button-styles'
import { Spinner } from './Spinner'
import { Tooltip } from './Tooltip'

export type ButtonProps = VariantProps<typeof buttonStyles> & {
  /** A verb with its object: "Sign note". */
  children: ReactNode
  icon?: LucideIcon
  type?: 'button' | 'submit'
  onPress?: () => void
  /** Why it cannot be pressed now, as a sentence; null when it can. The button stays reachable and says it. */
  disabledReason?: string | null
  /** Its work is under way: keeps its size and focus, ignores presses. */
  busy?: boolean
  form?: string
  autoFocus?: boolean
  className?: string
  'aria-label'?: string
  'aria-expanded'?: boolean
  slot?: string
}

export function Button({ disabledReason = null, ...props }: ButtonProps) {
  return disabledReason === null ? <PlainButton {...props} /> : <RefusingButton reason={disabledReason} {...props} />
}

type PlainButtonProps = Omit<ButtonProps, 'disabledReason'> & { refused?: boolean }

function PlainButton({ children, icon: Icon, variant, size, busy = false, refused = false, className, ...props }: PlainButtonProps) {
  return (
    <AriaButton {...props} isPending={busy} {...(refused && { 'aria-disabled': true })} className={classes(buttonStyles({ variant, size }), className)}>
      {busy ? <Spinner label="Working" /> : Icon && <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </AriaButton>
  )
}

/** Still focusable, so that keyboard and screen reader users learn the reason; a press or tap shows it too. */
function RefusingButton({ reason, ...props }: PlainButtonProps & { reason: string }) {
  const [open, setOpen] = useState(false)
  return (
    <Tooltip text={reason} isOpen={open} onOpenChange={setOpen} delay={100} placement="bottom">
      <PlainButton {...props} type="button" refused onPress={() => setTimeout(() => setOpen(true))} />
    </Tooltip>
  )
}
