import { lazy, Suspense } from 'react'
import { useRunningEmergencies } from '@/api/emergency'

/** Hardly ever there, so not part of what every page loads. */
const EmergencyLine = lazy(async () => ({ default: (await import('./EmergencyLine')).EmergencyLine }))

/** Over every page while a chart is open by emergency access: whose, until when, and the way to end it. */
export function EmergencyBanner() {
  const running = useRunningEmergencies()
  if (running.length === 0) return null
  return (
    <section aria-label="Emergency access" className="flex flex-col border-b border-warning-line bg-warning-soft text-warning-text">
      <Suspense>
        {running.map((access) => (
          <EmergencyLine key={access.id} access={access} />
        ))}
      </Suspense>
    </section>
  )
}
