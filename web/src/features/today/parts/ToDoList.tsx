import { CircleCheck, FilePen, FilePlus, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { classes } from '@/lib/classes'
import { paths } from '@/lib/paths'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { LinkButton } from '@/ui/LinkButton'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { ageOf, daysOld, DUE_DAYS } from '../age'

type ToDo = Schema<'ToDo'>
type ToDoListProps = { title: string; kind: ToDo['kind']; items: readonly ToDo[]; done: string; zone: string }

const SHOWN = 8
const icons: Record<ToDo['kind'], LucideIcon> = { note_to_write: FilePlus, note_unsigned: FilePen }

/** What waits, oldest first; it writes itself from the facts, and each row leads to the thing itself. */
export function ToDoList({ title, kind, items, done, zone }: ToDoListProps) {
  const [all, setAll] = useState(false)
  const ordered = [...items].sort((one, other) => one.since.localeCompare(other.since))
  const late = ordered.some(({ since }) => daysOld(since, zone) > DUE_DAYS)
  const shown = all ? ordered : ordered.slice(0, SHOWN)
  return (
    <Section title={title} flush className="phone:-mx-4 phone:rounded-none phone:border-x-0" aside={items.length > 0 && <Badge count={items.length} label={`${items.length} in this list`} urgent={late} />}>
      {items.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-4 text-muted">
          <CircleCheck aria-hidden className="size-4 shrink-0" />
          {done}
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {shown.map((item) => (
            <Row key={item.note_id ?? item.appointment_id ?? item.since} item={item} icon={icons[kind]} zone={zone} />
          ))}
        </ul>
      )}
      {ordered.length > SHOWN && (
        <div className="border-t border-line p-1">
          <Button variant="quiet" size="sm" className="w-full" aria-expanded={all} onPress={() => setAll(!all)}>
            {all ? 'Show the oldest only' : `Show all ${ordered.length}`}
          </Button>
        </div>
      )}
    </Section>
  )
}

function Row({ item, icon: Icon, zone }: { item: ToDo; icon: LucideIcon; zone: string }) {
  const overdue = daysOld(item.since, zone) > DUE_DAYS
  return (
    <li className="flex min-h-13 items-center gap-3 px-4 py-2">
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <Link tone="quiet" href={paths.client(item.client_id)} className="block truncate font-medium">
          {item.client_name}
        </Link>
        <p className="flex min-w-0 items-center gap-1.5 text-13 text-muted">
          <span className="truncate">{item.what}</span>
          <span aria-hidden>·</span>
          <span className={classes('flex shrink-0 items-center gap-1', overdue && 'font-medium text-danger-text')}>
            {overdue && <TriangleAlert aria-label="overdue" className="size-3.5" />}
            {ageOf(item.since, zone)}
          </span>
        </p>
      </div>
      <Action item={item} />
    </li>
  )
}

function Action({ item }: { item: ToDo }) {
  const navigate = useNavigate()
  const begin = useApiMutation('post', '/api/notes', {
    invalidates: ['/api/today', '/api/appointments'],
    onSuccess: ({ id }) => navigate(paths.note(id)),
    onError: (error) => toast({ message: `No note was begun: ${error.detail}`, tone: 'danger' }),
  })
  if (item.note_id) {
    return (
      <LinkButton size="sm" variant="soft" href={paths.note(item.note_id)}>
        Finish note
      </LinkButton>
    )
  }
  const appointment_id = item.appointment_id
  if (appointment_id === null) return null
  return (
    <Button size="sm" variant="soft" busy={begin.isPending} aria-label={`Write note: ${item.client_name}`} onPress={() => begin.mutate({ body: { appointment_id, note_format: 'SOAP' } })}>
      Write note
    </Button>
  )
}
