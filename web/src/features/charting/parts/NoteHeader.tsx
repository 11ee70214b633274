import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatPlainDate } from '@/lib/dates'
import { alertLook } from '@/lib/looks'
import { paths } from '@/lib/paths'
import { KeyValue } from '@/ui/DescriptionList'
import { Flag } from '@/ui/Flag'
import { Link } from '@/ui/Link'
import { StatusBadge } from '@/ui/StatusBadge'
import type { Note } from '../content'
import { clientQuery } from '../queries'

/** Whose note this is, unmistakably, above it while it scrolls; beside it what can be done. On a phone one line stays, which lies behind the header until that is gone. */
export function NoteHeader({ note, children }: { note: Pick<Note, 'client_id' | 'client_name'>; children?: ReactNode }) {
  const { data: client } = useQuery(clientQuery(note.client_id))
  const name = client?.name ?? note.client_name
  return (
    <>
      <header className="sticky top-14 z-15 border-b border-line bg-surface px-6 py-3 short:static phone:relative phone:top-0 phone:z-16 phone:px-4">
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
            {client.alerts.map(({ id, kind, text }) => (
              <li key={id} className="flex min-w-0">
                <Flag {...alertLook(kind)} whole>
                  {text}
                </Flag>
              </li>
            ))}
          </ul>
        )}
      </header>
      {client && (
        <p aria-hidden className="sticky top-14 z-15 -mt-9 hidden h-9 shrink-0 items-center gap-2 border-b border-line bg-surface px-4 phone:flex short:hidden">
          <span className="truncate font-semibold">{name}</span>
          <span className="shrink-0 text-13 text-muted tabular">born {formatPlainDate(client.date_of_birth)}</span>
        </p>
      )}
    </>
  )
}
