import { useQuery } from '@tanstack/react-query'
import { CalendarClock, CalendarX2, type LucideIcon } from 'lucide-react'
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
import { seesAnswers } from '../can'
import { answersQuery } from '../queries'

type Answer = Schema<'AnswerOut'>

const words: Readonly<Record<Answer['answer'], { icon: LucideIcon; title: string; did: string }>> = {
  cancel: { icon: CalendarX2, title: 'Cancelled by the client', did: 'cancelled' },
  reschedule: { icon: CalendarClock, title: 'Asked for another time', did: 'asked' },
}

/** Clients who cancelled or asked for another time by the link in their reminder. Nothing is shown while nobody has. */
export function ClientAnswers() {
  const me = useMe()
  const { data } = useQuery({ ...answersQuery(), enabled: seesAnswers(me) })
  if (!data || data.items.length === 0) return null
  return (
    <>
      {(['cancel', 'reschedule'] as const).map((answer) => (
        <Answers key={answer} title={words[answer].title} items={data.items.filter((item) => item.answer === answer)} zone={me.practice.timezone} />
      ))}
    </>
  )
}

function Answers({ title, items, zone }: { title: string; items: readonly Answer[]; zone: string }) {
  if (items.length === 0) return null
  return (
    <Section title={title} flush className="mb-6 phone:-mx-4 phone:rounded-none phone:border-x-0" aside={<Badge count={items.length} label={`${items.length} in this list`} />}>
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <Row key={item.id} item={item} zone={zone} />
        ))}
      </ul>
    </Section>
  )
}

function Row({ item, zone }: { item: Answer; zone: string }) {
  const { icon: Icon, did } = words[item.answer]
  const done = useApiMutation('delete', '/api/link-answers/{answer_id}', {
    invalidates: ['/api/link-answers', '/api/appointments/{appointment_id}/reminders'],
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  return (
    <li className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-56">
        <Link tone="quiet" href={paths.client(item.client_id)} className="block truncate font-medium">
          {item.client_name}
        </Link>
        <p className="text-13 text-muted">
          {formatMoment(item.starts_at, zone)}, {item.clinician_name} · {did} {formatNear(item.answered_at, zone)}
        </p>
      </div>
      <div className="flex gap-2">
        <LinkButton size="sm" variant="soft" href={paths.calendarSession(localDate(item.starts_at, zone), item.appointment_id)}>
          Open session
        </LinkButton>
        <Button size="sm" variant="quiet" busy={done.isPending} aria-label={`Seen to: ${item.client_name}`} onPress={() => done.mutate({ params: { path: { answer_id: item.id } } })}>
          Seen to
        </Button>
      </div>
    </li>
  )
}
