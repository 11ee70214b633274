import type { VariantProps } from 'class-variance-authority'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link as AriaLink } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { buttonStyles } from './button-styles'

type LinkButtonProps = VariantProps<typeof buttonStyles> & { href: string; children: ReactNode; icon?: LucideIcon; target?: '_blank'; className?: string }

/** Goes somewhere, and looks as important as a button: "Open chart". What changes something is a Button. */
export function LinkButton({ icon: Icon, variant, size, target, className, children, href }: LinkButtonProps) {
  return (
    <AriaLink href={href} {...(target && { target, rel: 'noreferrer' })} className={classes(buttonStyles({ variant, size }), className)}>
      {Icon && <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </AriaLink>
  )
}
