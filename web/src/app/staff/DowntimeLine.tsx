import { Construction } from 'lucide-react'
import type { Downtime } from '@/api/downtime'
import { useMe } from '@/api/me'
import { formatMoment } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { LinkButton } from '@/ui/LinkButton'

/** What the banner says. */
export function DowntimeLine({ standing }: { standing: Downtime }) {
  const { practice, can } = useMe()
  const until = formatMoment(standing.until, practice.timezone)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Construction aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 basis-64">
        <strong className="font-semibold">Read-only: nothing can be saved just now.</strong> {standing.reason} {standing.is_overdue ? `It was expected to be over ${until}, and takes longer.` : `Expected until ${until}.`} What you have typed stays on your screen: keep the page open and save it afterwards.
      </p>
      {can.includes('see_schedule') && (
        <LinkButton size="sm" href={paths.paper()}>
          The day on paper
        </LinkButton>
      )}
    </div>
  )
}
