import type { ReactNode } from 'react'
import { Link as AriaLink } from 'react-aria-components'
import { classes } from '@/lib/classes'

type LinkProps = {
  href: string
  children: ReactNode
  /** `quiet` is for names in tables and lists, where colour on every row would shout. */
  tone?: 'accent' | 'quiet'
  target?: '_blank'
  className?: string
  'aria-label'?: string
}

export function Link({ tone = 'accent', target, className, ...props }: LinkProps) {
  return (
    <AriaLink
      {...props}
      {...(target && { target, rel: 'noreferrer' })}
      className={classes(
        'rounded-[3px] underline-offset-3',
        tone === 'accent' ? 'text-accent-text underline decoration-accent-text/40 data-hovered:decoration-accent-text' : 'text-text data-hovered:underline',
        className,
      )}
    />
  )
}
