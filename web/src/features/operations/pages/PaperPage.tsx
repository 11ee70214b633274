import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight, Lock, Printer } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { addDays, formatDay, formatMoment, formatTime, today } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { PageHeader } from '@/ui/PageHeader'
import { SkeletonRows } from '@/ui/Skeleton'
import { paperQuery } from '../queries'

type Session = Schema<'PaperSessionOut'>

const dayIn = (params: URLSearchParams): string | null => /^\d{4}-\d{2}-\d{2}$/.exec(params.get('day') ?? '')?.[0] ?? null

/** A day on paper, for when the product is away: who comes when, and how they and their people are reached. */
export function Component() {
  const me = useMe()
  if (!me.can.includes('see_schedule')) {
    return (
      <EmptyState icon={Lock} title="You have no schedule to print" level={1}>
        The day on paper is for those who see sessions.
      </EmptyState>
    )
  }
  return <Paper zone={me.practice.timezone} practice={me.practice.name} name={me.name} />
}

function Paper({ zone, practice, name }: { zone: string; practice: string; name: string }) {
  const [params, setParams] = useSearchParams()
  const day = dayIn(params) ?? today(zone)
  const show = (one: string) => setParams(one === today(zone) ? {} : { day: one })
  const { data, error, refetch } = useQuery(paperQuery(day))
  return (
    <>
      <PageHeader
        title={`The day on paper: ${formatDay(day, zone)}`}
        subtitle={data ? `${practice}, as ${name} sees it. As it stood ${formatMoment(data.made_at, zone)}.` : practice}
        actions={
          <div className="flex flex-wrap items-center gap-2 print:hidden">
            <IconButton icon={ChevronLeft} label="The day before" variant="secondary" onPress={() => show(addDays(day, -1))} placement="bottom" />
            <IconButton icon={ChevronRight} label="The day after" variant="secondary" onPress={() => show(addDays(day, 1))} placement="bottom" />
            <Button variant="primary" icon={Printer} disabledReason={data ? null : 'The day is not there yet.'} onPress={() => globalThis.print()}>
              Print
            </Button>
          </div>
        }
      />
      {error && !data && (
        <ErrorState title={error.title} onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      )}
      {!data && !error && <SkeletonRows rows={8} label="Putting the day on a page" />}
      {data && <Sessions sessions={data.sessions} zone={zone} />}
      <p className="mt-4 text-13 text-muted">Printed, this is health information: keep it with you, and shred it when the product is back.</p>
    </>
  )
}

function Sessions({ sessions, zone }: { sessions: Session[]; zone: string }) {
  if (sessions.length === 0) return <p className="py-6 text-muted">No sessions stand on this day.</p>
  return (
    <ol aria-label="Sessions" className="overflow-clip rounded-panel border border-line bg-raised print:rounded-none print:border-0">
      {sessions.map((session) => (
        <li key={session.id} className="flex flex-wrap gap-x-6 gap-y-2 border-b border-line px-4 py-3 text-14 break-inside-avoid last:border-b-0 print:px-0">
          <div className="w-32 shrink-0">
            <p className="font-medium">
              {formatTime(session.starts_at, zone)}–{formatTime(session.ends_at, zone)}
            </p>
            <p className="text-13 text-muted">{session.status}</p>
          </div>
          <div className="min-w-0 flex-1 basis-56">
            <h2 className="font-medium [overflow-wrap:anywhere]">{session.client}</h2>
            <p className="text-13 text-muted">{[session.pronouns, session.date_of_birth && `born ${session.date_of_birth}`].filter(Boolean).join(', ')}</p>
            <p className="text-13 text-muted">{[session.clinician, session.place].filter(Boolean).join(', ')}</p>
            {session.alerts.map((text) => (
              <p key={text} className="mt-1 text-13 font-medium text-danger-text [overflow-wrap:anywhere]">
                {text}
              </p>
            ))}
          </div>
          <div className="min-w-0 flex-1 basis-56 text-13">
            <Reached session={session} />
          </div>
        </li>
      ))}
    </ol>
  )
}

function Reached({ session: { phone, okay_to_leave_message, email, contacts } }: { session: Session }) {
  return (
    <>
      {phone && (
        <p>
          {phone}
          <span className="text-muted">{okay_to_leave_message ? ', messages may be left' : ', leave no message'}</span>
        </p>
      )}
      {email && <p className="[overflow-wrap:anywhere]">{email}</p>}
      {!phone && !email && <p className="text-muted">No telephone number or e-mail address.</p>}
      {contacts.map((contact) => (
        <p key={`${contact.name} ${contact.phone}`} className="mt-1 [overflow-wrap:anywhere]">
          <span className="text-muted">In an emergency: </span>
          {contact.name}
          {contact.relationship && ` (${contact.relationship}${contact.is_guardian ? ', guardian' : ''})`}, {contact.phone}
        </p>
      ))}
    </>
  )
}
