import { lazy, Suspense } from 'react'
import { useDowntime } from '@/api/downtime'

/** Hardly ever there, so not part of what every page loads. */
const DowntimeLine = lazy(async () => ({ default: (await import('./DowntimeLine')).DowntimeLine }))

/** Over every page while nothing can be changed: why, until when, and where the day stands on paper. */
export function DowntimeBanner() {
  const standing = useDowntime()
  if (!standing) return null
  return (
    <section aria-label="Read-only" role="alert" className="border-b border-warning-line bg-warning-soft px-6 py-2 text-14 text-warning-text phone:px-4 print:hidden">
      <Suspense>
        <DowntimeLine standing={standing} />
      </Suspense>
    </section>
  )
}
