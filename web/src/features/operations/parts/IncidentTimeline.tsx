import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { formatDay, formatTime, localDate } from '@/lib/dates'
import { newId } from '@/lib/uuid'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { TextArea } from '@/ui/TextArea'
import { Timeline } from '@/ui/Timeline'
import { changed, inPath } from '../forms/incident-change'
import { lineLook, lineNote, lineTitle, type Incident } from '../incident-words'

/** "Tue 24" */
const dayOf = (at: string, zone: string) => formatDay(localDate(at, zone), zone).split(' ').slice(0, 2).join(' ')

/** What happened, in order, and a box for what happens now. */
export function IncidentTimeline({ incident, zone }: { incident: Incident; zone: string }) {
  const items = incident.lines.map((line, place) => {
    const when = dayOf(line.at, zone)
    const before = incident.lines[place - 1]
    const note = lineNote(line)
    return {
      id: line.id,
      when,
      isRepeat: before !== undefined && dayOf(before.at, zone) === when,
      ...lineLook(line),
      title: <span className="[overflow-wrap:anywhere]">{lineTitle(line)}</span>,
      aside: <span className="text-12 text-muted">{formatTime(line.at, zone)}</span>,
      children: note ? <p className="max-w-prose [overflow-wrap:anywhere] whitespace-pre-wrap">{note}</p> : undefined,
    }
  })
  return (
    <Section title="Timeline">
      <Timeline label="Timeline" items={items} />
      {incident.status !== 'closed' && <NoteBox incident={incident} />}
    </Section>
  )
}

function NoteBox({ incident }: { incident: Incident }) {
  const [id, another] = useState(newId)
  const [note, setNote] = useState('')
  const add = useApiMutation(
    'post',
    '/api/operations/incidents/{operations_incident_id}/notes',
    changed(incident, 'Noted', () => {
      another(newId())
      setNote('')
    }),
  )
  return (
    <div className="mt-3 flex flex-col gap-2 border-t border-line pt-3">
      {add.error && <Alert tone="danger">{add.error.detail}</Alert>}
      <TextArea label="What happens now" value={note} onChange={setNote} maxLength={2000} rows={2} error={add.error?.fields.note?.[0]} hint="Kept as it is. Nothing about clients, please." />
      <div>
        <Button busy={add.isPending} disabledReason={note.trim() ? null : 'Write something first.'} onPress={() => add.mutate({ ...inPath(incident), body: { id, note: note.trim() } })}>
          Add to the timeline
        </Button>
      </div>
    </div>
  )
}
