import { useSuspenseQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight, HandHeart, Leaf, Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { useLive } from '@/api/live'
import { meQuery, useMe } from '@/api/me'
import { prefetch, queryClient } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { addDays, formatDay, mondayOf, today, zoneNote } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { useKeys } from '@/lib/use-keys'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { IconButton } from '@/ui/IconButton'
import { LinkButton } from '@/ui/LinkButton'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { hasDay, seesEverybody, writesNotes } from '../can'
import { ToDoList } from '../parts/ToDoList'
import { todayQuery } from '../queries'

const dayIn = (params: URLSearchParams): string | null => /^\d{4}-\d{2}-\d{2}$/.exec(params.get('day') ?? '')?.[0] ?? null

export async function todayLoader({ request }: Pick<LoaderFunctionArgs, 'request'>) {
  const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
  return hasDay(me) ? prefetch(todayQuery(dayIn(new URL(request.url).searchParams))) : null
}

export type Sessions = (shown: { appointments: Schema<'AppointmentOut'>[]; zone: string; isToday: boolean; withClinician: boolean }) => ReactNode
type TodayPageProps = {
  /** The day's sessions as a timeline: the calendar's part, handed in by the app. */
  sessions: Sessions
  /** Clients who wait for an answer, documents for a signature, above the sessions; handed in by the app as well. */
  answers?: ReactNode
}

/** The first page: what happens today, and what waits. */
export function TodayPage({ sessions, answers }: TodayPageProps) {
  const me = useMe()
  return hasDay(me) ? <Day sessions={sessions} answers={answers} /> : <NoDay />
}

function Day({ sessions, answers }: TodayPageProps) {
  const me = useMe()
  const zone = me.practice.timezone
  const [params, setParams] = useSearchParams()
  const asked = todayQuery(dayIn(params))
  const { data } = useSuspenseQuery(asked)
  useLive(asked)
  const isToday = data.day === today(zone)
  const show = (day: string) => setParams(day === today(zone) ? {} : { day })
  useKeys({ left: () => show(addDays(data.day, -1)), right: () => show(addDays(data.day, 1)), t: () => show(today(zone)) })
  const hasList = writesNotes(me) || data.notes_to_write.length + data.notes_unsigned.length > 0
  const elsewhere = zoneNote(zone, `${data.day}T12:00:00Z`)
  return (
    <div className={hasList ? '' : 'mx-auto max-w-4xl'}>
      <PageHeader
        title={isToday ? 'Today' : formatDay(data.day, zone)}
        subtitle={[isToday && formatDay(data.day, zone), summaryOf(data.appointments), elsewhere && `Times in ${elsewhere}`].filter(Boolean).join(' · ')}
        actions={
          <>
            {!isToday && <Button onPress={() => show(today(zone))}>Back to today</Button>}
            <LinkButton href={isToday ? paths.paper() : paths.paperOf(data.day)} icon={Printer}>
              On paper
            </LinkButton>
            <IconButton icon={ChevronLeft} label="The day before" keys="left" variant="secondary" onPress={() => show(addDays(data.day, -1))} placement="bottom" />
            <IconButton icon={ChevronRight} label="The day after" keys="right" variant="secondary" onPress={() => show(addDays(data.day, 1))} placement="bottom" />
          </>
        }
      />
      {answers}
      <div className={hasList ? 'grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]' : ''}>
        <Section title="Sessions" flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
          {data.appointments.length === 0 ? <EmptyDay day={data.day} isToday={isToday} zone={zone} /> : <div className="p-2">{sessions({ appointments: data.appointments, zone, isToday, withClinician: seesEverybody(me) })}</div>}
        </Section>
        {hasList && (
          <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2 xl:grid-cols-1">
            <ToDoList title="Notes to write" kind="note_to_write" items={data.notes_to_write} done="Every session that has begun has its note." zone={zone} />
            <ToDoList title="Notes unsigned" kind="note_unsigned" items={data.notes_unsigned} done="No drafts are waiting for a signature." zone={zone} />
          </div>
        )}
      </div>
    </div>
  )
}

/** "6 sessions, 2 done" */
function summaryOf(appointments: readonly Schema<'AppointmentOut'>[]): string {
  const held = appointments.filter(({ status }) => status !== 'Cancelled' && status !== 'Rescheduled')
  if (held.length === 0) return 'No sessions'
  const done = held.filter(({ status }) => status === 'Completed' || status === 'No Show').length
  return `${held.length} session${held.length === 1 ? '' : 's'}${done > 0 ? `, ${done} done` : ''}`
}

function EmptyDay({ day, isToday, zone }: { day: string; isToday: boolean; zone: string }) {
  return (
    <EmptyState icon={Leaf} title={isToday ? 'No sessions today' : `No sessions on ${formatDay(day, zone)}`} action={<LinkButton href={paths.calendarWeek(mondayOf(day))}>See the week</LinkButton>}>
      {isToday ? 'The day is yours. The week shows what comes next.' : 'Nothing is booked on this day.'}
    </EmptyState>
  )
}

function NoDay() {
  return (
    <EmptyState icon={HandHeart} title="Nothing waits for you here" level={1}>
      Sessions and notes belong to those who treat clients and to the front desk. Your role has no part in them, so there is nothing on this page for you to do.
    </EmptyState>
  )
}
