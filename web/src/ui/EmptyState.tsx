import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type EmptyStateProps = { icon: LucideIcon; title: string; /** Why it is empty and what would fill it. */ children?: ReactNode; action?: ReactNode; level?: 1 | 2 | 3 }

/** Empty, no match and not allowed are three different texts; choose the words for the one it is. */
export function EmptyState({ icon: Icon, title, children, action, level = 2 }: EmptyStateProps) {
  const Heading = `h${level}` as const
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-3 px-6 py-12 text-center">
      <span className="flex size-11 items-center justify-center rounded-full bg-accent-soft text-accent-text">
        <Icon aria-hidden className="size-5" />
      </span>
      <div className="flex flex-col gap-1">
        <Heading className="text-14 font-semibold">{title}</Heading>
        {children !== undefined && <div className="text-14 text-muted">{children}</div>}
      </div>
      {action}
    </div>
  )
}
