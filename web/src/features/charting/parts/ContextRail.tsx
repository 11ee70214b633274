import { useQuery } from '@tanstack/react-query'
import { memo, useState } from 'react'
import { useMe } from '@/api/me'
import { classes } from '@/lib/classes'
import { formatDay, localDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import type { Note } from '../content'
import { clientQuery, measuresQuery, noteQuery, signedNotesQuery } from '../queries'
import { NoteText } from './NoteText'

/** What one looks up while writing: the last signed note, diagnoses, measures. */
export const ContextRail = memo(function ContextRail({ note }: { note: Pick<Note, 'id' | 'client_id'> }) {
  return (
    <div className="flex flex-col gap-4">
      <LastNote note={note} />
      <ClientDiagnoses clientId={note.client_id} />
      <Measures clientId={note.client_id} />
    </div>
  )
})

type Rail = { id: string; client_id: string }

function LastNote({ note }: { note: Rail }) {
  const notes = useQuery(signedNotesQuery(note.client_id))
  const last = notes.data?.items.find(({ id }) => id !== note.id)
  return (
    <Section title="Last signed note">
      {notes.isPending && <SkeletonRows rows={2} />}
      {notes.isError && <p className="text-13 text-muted">It could not be read. {notes.error.detail}</p>}
      {notes.isSuccess && (last ? <LastNoteText noteId={last.id} /> : <p className="text-13 text-muted">No signed note yet.</p>)}
    </Section>
  )
}

function LastNoteText({ noteId }: { noteId: string }) {
  const zone = useMe().practice.timezone
  const [whole, setWhole] = useState(false)
  const { data, isPending, isError } = useQuery({ ...noteQuery(noteId), staleTime: 60_000, refetchOnWindowFocus: false })
  if (isPending) return <SkeletonRows rows={3} />
  if (isError) return <p className="text-13 text-muted">It could not be read just now.</p>
  return (
    <>
      <p className="pb-2 text-13 text-muted">
        <Link href={paths.note(noteId)}>{formatDay(data.service_date, zone)}</Link>, {data.author_name}
      </p>
      <div className={classes('relative text-14', !whole && 'max-h-56 overflow-hidden mask-b-from-60%')}>
        <NoteText sections={data.sections} layout={data.layout} small />
      </div>
      <Button size="sm" variant="quiet" className="mt-2 -ml-2" aria-expanded={whole} onPress={() => setWhole(!whole)}>
        {whole ? 'Show less' : 'Show the whole note'}
      </Button>
    </>
  )
}

function ClientDiagnoses({ clientId }: { clientId: string }) {
  const { data } = useQuery(clientQuery(clientId))
  const active = data?.diagnoses.filter(({ resolved_date }) => resolved_date === null) ?? []
  if (active.length === 0) return null
  return (
    <Section title="Diagnoses in the chart">
      <ul className="flex flex-col gap-1.5 text-13">
        {active.slice(0, 8).map(({ id, code, description }) => (
          <li key={id}>
            <span className="font-medium tabular">{code}</span> {description}
          </li>
        ))}
      </ul>
      {active.length > 8 && (
        <p className="pt-2 text-13">
          <Link href={paths.client(clientId)}>{active.length - 8} more in the chart</Link>
        </p>
      )}
    </Section>
  )
}

function Measures({ clientId }: { clientId: string }) {
  const zone = useMe().practice.timezone
  const { data } = useQuery(measuresQuery(clientId))
  if (!data || data.length === 0) return null
  return (
    <Section title="Measures">
      <ul className="flex flex-col gap-2 text-13">
        {data.map(({ instrument, points }) => {
          const [last, before] = [points.at(-1), points.at(-2)]
          if (!last) return null
          return (
            <li key={instrument} className="flex items-baseline justify-between gap-3">
              <span className="font-medium">{instrument}</span>
              <span className="text-right tabular">
                <b className="font-semibold">{last.score}</b>
                {before && <span className="text-muted">, before {before.score}</span>}
                <span className="block text-12 text-muted">{formatDay(localDate(last.taken_at, zone), zone)}</span>
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
