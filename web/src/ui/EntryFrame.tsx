import { lazy, Suspense, type ReactNode } from 'react'
import { classes } from '@/lib/classes'
import { Wordmark } from './Wordmark'

/** Nothing to read or to do: it may come a moment later than the form. */
const EntryScene = lazy(async () => ({ default: (await import('./EntryScene')).EntryScene }))

type EntryFrameProps = { title: string; /** A sentence under the title. */ lead?: ReactNode; children: ReactNode; /** Quieter words below everything. */ below?: ReactNode; wide?: boolean }

/** What stands before the product: one thing to do at the left, the house at the right where there is room for it. */
export function EntryFrame({ title, lead, children, below, wide = false }: EntryFrameProps) {
  return (
    <div className="flex min-h-dvh bg-raised">
      <div className="flex min-w-0 flex-1 flex-col px-10 py-8 phone:px-5 phone:py-6">
        <header>
          <Wordmark />
        </header>
        <main className={classes('mx-auto flex w-full flex-1 flex-col justify-center py-10 phone:justify-start phone:py-9', wide ? 'max-w-md' : 'max-w-sm')}>
          <h1 className="text-24 font-semibold tracking-tight">{title}</h1>
          {lead !== undefined && <div className="pt-2 text-14 text-muted">{lead}</div>}
          <div className="pt-6">{children}</div>
          {below !== undefined && <div className="pt-8 text-13 text-muted">{below}</div>}
        </main>
      </div>
      <Suspense fallback={<div className="hidden w-[46%] max-w-3xl shrink-0 bg-house lg:block" />}>
        <EntryScene />
      </Suspense>
    </div>
  )
}
