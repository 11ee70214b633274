import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatPlainDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { KeyValue } from '@/ui/DescriptionList'
import { Link } from '@/ui/Link'
import { StatusBadge } from '@/ui/StatusBadge'
import type { Note } from '../content'
import { clientQuery } from '../queries'
import { alertLooks } from '../looks'

/** Whose note this is, unmistakably, above it while it scrolls; beside it what can be done. */
export function NoteHeader({ note, children }: { note: Note; children?: ReactNode }) {
  const { data: client } = useQuery(clientQuery(note.client_id))
  const name = client?.name ?? note.client_name
  return (
    <header className="sticky top-14 z-15 border-b border-line bg-surface px-6 py-3 phone:static phone:px-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 text-20 font-semibold tracking-tight break-words">
              {client ? (
                <Link tone="quiet" href={paths.client(client.id)}>
                  {name}
                </Link>
              ) : (
                name
              )}
            </h1>
            {client?.pronouns && <span className="text-14 text-muted">{client.pronouns}</span>}
            {client?.has_similar_name && <StatusBadge tone="amber" icon={TriangleAlert} label="Similar name: check the date of birth" />}
          </div>
          {client && (
            <p className="flex flex-wrap gap-x-4 gap-y-0.5 pt-0.5 text-13 tabular">
              {client.legal_name !== client.name && <KeyValue term="Legal name">{client.legal_name}</KeyValue>}
              <KeyValue term="Age">{client.age}</KeyValue>
              <KeyValue term="Born">{formatPlainDate(client.date_of_birth)}</KeyValue>
              <KeyValue term="Record">{client.medical_record_number}</KeyValue>
            </p>
          )}
        </div>
        {children}
      </div>
      {client && client.alerts.length > 0 && (
        <ul aria-label="Alerts" className="flex flex-wrap gap-1.5 pt-2">
          {client.alerts.map(({ id, kind, text }) => {
            const { tone, icon: Icon, label } = alertLooks(kind)
            return (
              <li key={id} data-tone={tone} className="inline-flex min-w-0 items-start gap-1.5 rounded-control border border-tone-line bg-tone-soft px-2 py-0.5 text-13 text-tone-text">
                <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
                <span className="min-w-0 break-words">
                  <b className="font-semibold">{label}:</b> {text}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </header>
  )
}
