import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { useApiMutation } from '@/api/queries'
import { addDays, localDate } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { everything, type TrailFilter } from '../filter'
import { savedQuery } from '../queries'

/** A kept search as the page's filter: moments become days again. */
function asFilter({ person, client, action, severity, since, until }: Schema<'SavedQueryOut'>['filters'], zone: string): TrailFilter {
  return {
    ...everything,
    person: person ?? null,
    client: client ?? null,
    action: action || null,
    severity: severity || null,
    since: since ? localDate(since, zone) : null,
    until: until ? addDays(localDate(until, zone), -1) : null,
  }
}

/** One's own kept searches, one press away. */
export function SavedSearches({ zone, onChoose }: { zone: string; onChoose: (filter: TrailFilter) => void }) {
  const { data: saved = [] } = useQuery(savedQuery())
  const forget = useApiMutation('delete', '/api/audit/queries/{query_id}', { invalidates: ['/api/audit/queries'] })
  if (saved.length === 0) return null
  return (
    <ul aria-label="Saved searches" className="flex flex-wrap gap-1.5 pb-3">
      {saved.map(({ id, name, filters }) => (
        <li key={id} className="flex items-center rounded-control border border-line bg-raised">
          <Button variant="quiet" size="sm" onPress={() => onChoose(asFilter(filters, zone))}>
            {name}
          </Button>
          <IconButton icon={X} label={`Forget the search ${name}`} size="sm" onPress={() => forget.mutate({ params: { path: { query_id: id } } })} />
        </li>
      ))}
    </ul>
  )
}
