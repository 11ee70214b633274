import type { ReactNode } from 'react'

export type PageHeaderProps = { title: string; subtitle?: ReactNode; /** Buttons, the important one last. */ actions?: ReactNode }

/** The page's one h1. */
export function PageHeader({ title, subtitle, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 pb-4">
      <div className="min-w-0">
        <h1 className="text-24 font-semibold tracking-tight phone:text-20">{title}</h1>
        {subtitle !== undefined && <div className="mt-1 text-14 text-muted">{subtitle}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}
