import { useQuery } from '@tanstack/react-query'
import { CalendarClock } from 'lucide-react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { remindersQuery } from '../queries'
import type { Appointment } from '../status'

type Reminder = Schema<'ReminderOut'>

const states: Record<Reminder['status'], string> = { pending: 'planned for', sent: 'sent', confirmed: 'sent and confirmed', failed: 'failed', cancelled: 'not sent' }

/** What the client was told of this session and will be, and what they answered. */
export function SessionReminders({ appointment }: { appointment: Appointment }) {
  const zone = useMe().practice.timezone
  const asked = remindersQuery(appointment.id)
  const { data } = useQuery({ ...asked, queryKey: [...asked.queryKey, appointment.version] as const }) // another version, another plan
  if (!data) return null
  if (data.items.length === 0 && data.why_none === '') return null
  return (
    <Section title="Reminders" look="plain" level={3} className="mt-5 border-t border-line pt-3">
      <div className="flex flex-col gap-3">
        {data.asked_for_another_time_at !== null && data.request_id !== null && <Request id={data.request_id} at={formatMoment(data.asked_for_another_time_at, zone)} />}
        {data.why_none && <p className="text-13 text-muted">{data.why_none}</p>}
        {data.items.length > 0 && (
          <ul className="flex flex-col gap-2">
            {data.items.map((row) => (
              <Line key={row.id} row={row} zone={zone} />
            ))}
          </ul>
        )}
      </div>
    </Section>
  )
}

function Line({ row, zone }: { row: Reminder; zone: string }) {
  const state = row.is_on_its_way ? 'on its way since' : states[row.status]
  const at = row.status === 'cancelled' ? '' : ` ${formatMoment(row.sent_at ?? row.due_at, zone)}`
  return (
    <li className="text-13">
      <p>
        {titleOf(row)}: <span className={row.status === 'failed' ? 'text-danger-text' : 'text-muted'}>{`${state}${at}`}</span>
      </p>
      {(row.recipient || row.error_message) && <p className="text-12 break-words text-muted">{[row.recipient, row.error_message].filter(Boolean).join(' · ')}</p>}
    </li>
  )
}

function titleOf({ about, reminder_type, hours_before, reader }: Reminder): string {
  const by = reminder_type === 'email' ? 'E-mail' : 'Text'
  if (about === 'reminder') return `${by}, ${hours_before} h before`
  return `${by} to ${reader === 'client' ? 'the client' : 'the clinician'}, ${{ booked: 'booked', moved: 'new time', cancelled: 'cancelled' }[about]}`
}

function Request({ id, at }: { id: string; at: string }) {
  const done = useApiMutation('delete', '/api/link-answers/{answer_id}', { invalidates: ['/api/link-answers', '/api/appointments/{appointment_id}/reminders'] })
  return (
    <Alert
      title="The client asks for another time"
      action={
        <Button size="sm" icon={CalendarClock} busy={done.isPending} onPress={() => done.mutate({ params: { path: { answer_id: id } } })}>
          Seen to
        </Button>
      }
    >
      Asked {at}. Moving the session answers it as well.
    </Alert>
  )
}
