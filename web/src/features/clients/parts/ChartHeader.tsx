import { CalendarPlus, FilePlus, TriangleAlert } from 'lucide-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatDay, formatNear, formatPlainDate, localDate } from '@/lib/dates'
import { alertLook, clientLook } from '@/lib/looks'
import { paths } from '@/lib/paths'
import { useKeys } from '@/lib/use-keys'
import { Button } from '@/ui/Button'
import { KeyValue } from '@/ui/DescriptionList'
import { Flag } from '@/ui/Flag'
import { LinkButton } from '@/ui/LinkButton'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { whyNotBook, whyNotStartNote } from '../can'
import { nearest } from '../happenings'
import { timelineQuery } from '../queries'
import { FavouriteStar } from './FavouriteStar'

type Client = Schema<'ClientOut'>

/** Who this is, unmistakably, above everything about them; it stays while the chart scrolls. A phone keeps its first lines only. */
export function ChartHeader({ client, isReading }: { client: Client; /** Open by emergency access: nothing here writes. */ isReading: boolean }) {
  const { alerts } = client
  const sessions = useNearestSessions(client.id)
  return (
    <header className="short:static sticky top-14 z-15 -mx-6 -mt-6 grid grid-cols-[minmax(0,1fr)_auto] gap-x-6 border-b border-line bg-surface px-6 pt-4 pb-3 phone:contents">
      <div className="phone:sticky phone:top-14 phone:z-15 phone:-mx-4 phone:-mt-4 phone:border-b phone:border-line phone:bg-surface phone:px-4 phone:py-2.5 phone:short:static">
        <Identity client={client} isReading={isReading} />
        <p className="flex flex-wrap gap-x-4 gap-y-0.5 pt-1 text-13 tabular">
          <BirthAndRecord client={client} />
          <span className="contents phone:hidden">
            <Sessions client={client} sessions={sessions} />
          </span>
        </p>
      </div>
      <p className="hidden flex-wrap gap-x-4 gap-y-0.5 pt-2 text-13 tabular phone:flex">
        <Sessions client={client} sessions={sessions} />
      </p>
      {!isReading && <Actions client={client} />}
      {alerts.length > 0 && (
        <ul aria-label="Alerts" className="col-span-2 flex flex-wrap gap-1.5 pt-2.5">
          {alerts.map(({ id, kind, text }) => (
            <li key={id} className="flex min-w-0">
              <Flag {...alertLook(kind)}>{text}</Flag>
            </li>
          ))}
        </ul>
      )}
    </header>
  )
}

function Identity({ client, isReading }: { client: Client; isReading: boolean }) {
  const { name, legal_name, pronouns, status, has_similar_name } = client
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h1 className="min-w-0 text-20 font-semibold tracking-tight break-words">{name}</h1>
        {pronouns && <span className="text-14 text-muted">{pronouns}</span>}
        {!isReading && <FavouriteStar client={client} size="sm" className="-my-1 -ml-1.5" />}
        {status !== 'Active' && <StatusBadge {...clientLook(status)} />}
        {has_similar_name && <StatusBadge tone="amber" icon={TriangleAlert} label="Similar name: check the date of birth" />}
      </div>
      {legal_name !== name && <p className="text-13 break-words text-muted">Legal name {legal_name}</p>}
    </>
  )
}

function BirthAndRecord({ client: { age, date_of_birth, deceased_date, medical_record_number } }: { client: Client }) {
  return (
    <>
      <KeyValue term={deceased_date ? 'Lived' : 'Age'}>{deceased_date ? `${formatPlainDate(date_of_birth)} – ${formatPlainDate(deceased_date)}` : age}</KeyValue>
      {!deceased_date && <KeyValue term="Born">{formatPlainDate(date_of_birth)}</KeyValue>}
      <KeyValue term="Record" className="whitespace-normal break-all">
        {medical_record_number}
      </KeyValue>
    </>
  )
}

type Nearest = Partial<ReturnType<typeof nearest>>

function useNearestSessions(clientId: string): Nearest {
  const { data } = useInfiniteQuery(timelineQuery(clientId, { kinds: ['appointment'], q: '' }))
  return data ? nearest(data.pages.flatMap((page) => page.items), data.pages.at(-1)?.next === null, new Date()) : {}
}

function Sessions({ client: { deceased_date }, sessions: { next, last } }: { client: Client; sessions: Nearest }) {
  const zone = useMe().practice.timezone
  return (
    <>
      {next !== undefined && !deceased_date && <KeyValue term="Next session">{next ? formatNear(next.at, zone) : 'none booked'}</KeyValue>}
      {last && <KeyValue term="Last session">{formatDay(localDate(last.at, zone), zone)}</KeyValue>}
    </>
  )
}

function Actions({ client }: { client: Client }) {
  const me = useMe()
  const navigate = useNavigate()
  const start = useApiMutation('post', '/api/notes', {
    invalidates: ['/api/notes', '/api/clients/{client_id}/timeline', '/api/today'],
    onSuccess: (note) => navigate(paths.note(note.id)),
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  const noBooking = whyNotBook(me, client)
  const noNote = whyNotStartNote(me, client)
  const begin = () => start.mutate({ body: { client_id: client.id, note_format: 'SOAP' } })
  useKeys(noNote === null && !start.isPending ? { n: begin } : {})
  return (
    <div className="flex flex-wrap items-start justify-end gap-2 phone:justify-start phone:pt-2.5">
      {noBooking === null ? (
        <LinkButton icon={CalendarPlus} href={paths.calendarBooking(client.id)}>
          New session
        </LinkButton>
      ) : (
        me.can.includes('book') && (
          <Button icon={CalendarPlus} disabledReason={noBooking}>
            New session
          </Button>
        )
      )}
      {me.can.includes('write_notes') && (
        <Button variant="primary" icon={FilePlus} busy={start.isPending} disabledReason={noNote} onPress={begin}>
          Start a note
        </Button>
      )}
    </div>
  )
}
