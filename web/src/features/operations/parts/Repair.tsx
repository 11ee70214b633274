import type { ReactNode } from 'react'

/** One thing to repair: what it is, how it stands, and what can be done. */
export function Repair({ title, badges, actions, children }: { title: ReactNode; badges?: ReactNode; actions: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b border-line px-4 py-3 text-13 last:border-b-0">
      <div className="min-w-0 flex-1 basis-72">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className="min-w-0 text-14 font-medium [overflow-wrap:anywhere]">{title}</h3>
          {badges}
        </div>
        <div className="mt-0.5 text-muted [overflow-wrap:anywhere]">{children}</div>
      </div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </li>
  )
}
