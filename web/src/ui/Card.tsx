import type { ReactNode } from 'react'
import { classes } from '@/lib/classes'

/** A bordered ground without a heading; with one, Section. */
export function Card({ children, flush = false, className }: { children: ReactNode; flush?: boolean; className?: string }) {
  return <div className={classes('overflow-clip rounded-panel border border-line bg-raised', !flush && 'p-4', className)}>{children}</div>
}
