import { useId, type ReactNode } from 'react'
import { classes } from '@/lib/classes'

export type SectionProps = {
  title: string
  /** Stands beside the title: a count, a quiet Button. */
  aside?: ReactNode
  children: ReactNode
  /** `card` has a border and its own ground; `plain` only a heading. */
  look?: 'card' | 'plain'
  /** Lists and tables run to the card's edge. */
  flush?: boolean
  level?: 2 | 3
  className?: string
}

/** A part of a page with its heading, found by it in a screen reader's list of regions. */
export function Section({ title, aside, children, look = 'card', flush = false, level = 2, className }: SectionProps) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  const card = look === 'card'
  return (
    <section aria-labelledby={id} className={classes(card && 'overflow-clip rounded-panel border border-line bg-raised', className)}>
      <div className={classes('flex min-h-11 items-center justify-between gap-3', card ? 'border-b border-line px-4 py-1.5' : 'pb-2')}>
        <Heading id={id} className="text-14 font-semibold">
          {title}
        </Heading>
        {aside}
      </div>
      <div className={classes(card && !flush && 'p-4')}>{children}</div>
    </section>
  )
}
