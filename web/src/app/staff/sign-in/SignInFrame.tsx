import type { ReactNode } from 'react'
import { Wordmark } from '@/ui/Wordmark'

/** The quiet page that sign-in and its next steps stand on. */
export function SignInFrame({ title, children, below }: { title: string; children: ReactNode; below?: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center bg-sunken px-4 pt-[14vh] pb-8 phone:bg-raised phone:pt-10">
      <div className="mb-6">
        <Wordmark />
      </div>
      <div className="w-full max-w-sm rounded-panel border border-line bg-raised p-6 shadow-float phone:border-0 phone:p-0 phone:shadow-none">
        <h1 className="pb-5 text-20 font-semibold tracking-tight">{title}</h1>
        {children}
      </div>
      {below !== undefined && <div className="mt-5 max-w-sm text-center text-13 text-muted">{below}</div>}
    </main>
  )
}
