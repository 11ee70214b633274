import { Siren } from 'lucide-react'
import { useAlertSummary } from '@/api/alerts'
import { paths } from '@/lib/paths'
import { LinkButton } from '@/ui/LinkButton'

/** Over every page of who runs operations: nothing watches the product any more, or a critical alert is nobody's. */
export function AlertBanner() {
  const summary = useAlertSummary()
  if (!summary || (!summary.is_silent && summary.untaken === 0)) return null
  const { is_silent, untaken } = summary
  return (
    <section aria-label="Alerts" role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-danger/40 bg-danger-soft px-6 py-2 text-14 text-danger-text phone:px-4 print:hidden">
      <Siren aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 basis-64">
        {is_silent ? 'The product no longer watches itself: alerts, reminders and mail may wait. It has to be started anew on its machine.' : `${untaken === 1 ? 'A critical alert waits' : `${untaken} critical alerts wait`} for somebody to take ${untaken === 1 ? 'it' : 'them'} on.`}
      </p>
      <LinkButton size="sm" href={paths.alerts()}>
        See alerts
      </LinkButton>
    </section>
  )
}
