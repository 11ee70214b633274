import { useQuery } from '@tanstack/react-query'
import { CalendarClock } from 'lucide-react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment, formatNear, localDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { Link } from '@/ui/Link'
import { LinkButton } from '@/ui/LinkButton'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { answersRequests } from '../can'
import { requestsQuery } from '../queries'

/** Clients who asked, by the link in their reminder, for another time. Nothing is shown while nobody does. */
export function RescheduleRequests() {
  const me = useMe()
  const { data } = useQuery({ ...requestsQuery(), enabled: answersRequests(me) })
  if (!data || data.items.length === 0) return null
  return (
    <Section title="Asked for another time" flush className="mb-6 phone:-mx-4 phone:rounded-none phone:border-x-0" aside={<Badge count={data.items.length} label={`${data.items.length} in this list`} />}>
      <ul className="divide-y divide-line">
        {data.items.map((item) => (
          <Row key={item.id} item={item} zone={me.practice.timezone} />
        ))}
      </ul>
    </Section>
  )
}

function Row({ item, zone }: { item: Schema<'RequestOut'>; zone: string }) {
  const done = useApiMutation('delete', '/api/reschedule-requests/{request_id}', {
    invalidates: ['/api/reschedule-requests', '/api/appointments/{appointment_id}/reminders'],
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  return (
    <li className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      <CalendarClock aria-hidden className="size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-56">
        <Link tone="quiet" href={paths.client(item.client_id)} className="block truncate font-medium">
          {item.client_name}
        </Link>
        <p className="text-13 text-muted">
          {formatMoment(item.starts_at, zone)}, {item.clinician_name} · asked {formatNear(item.asked_at, zone)}
        </p>
      </div>
      <div className="flex gap-2">
        <LinkButton size="sm" variant="soft" href={paths.calendarSession(localDate(item.starts_at, zone), item.appointment_id)}>
          Open session
        </LinkButton>
        <Button size="sm" variant="quiet" busy={done.isPending} aria-label={`Seen to: ${item.client_name}`} onPress={() => done.mutate({ params: { path: { request_id: item.id } } })}>
          Seen to
        </Button>
      </div>
    </li>
  )
}
