import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

type RowProps = { icon: LucideIcon; title: ReactNode; mark?: ReactNode; detail: ReactNode; children?: ReactNode }

/** One thing of an account: what it is, since when, and what one can do about it. */
export function Row({ icon: Icon, title, mark, detail, children }: RowProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <Icon aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {title}
          {mark}
        </p>
        <p className="text-13 text-muted">{detail}</p>
      </div>
      {children !== undefined && <div className="flex flex-wrap gap-1 phone:w-full phone:pl-5.5">{children}</div>}
    </div>
  )
}

/** "this one": the browser one is looking at. */
export function Here({ children }: { children: string }) {
  return <span className="rounded-full bg-accent-soft px-2 py-0.5 text-12 font-medium text-accent-text">{children}</span>
}
