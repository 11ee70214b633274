import { History } from 'lucide-react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import type { RuleValues } from '../rule-values'
import { named } from './RuleWording'

/** Whom the rule would have told in the last seven days. Nobody is told anything. */
export function RuleRehearsal({ values }: { values: RuleValues }) {
  const zone = useMe().practice.timezone
  const rehearse = useApiMutation('post', '/api/notification-rule-rehearsals')
  const found = rehearse.data
  return (
    <section aria-label="Rehearsal" className="flex flex-col gap-2 border-t border-line pt-4">
      <div>
        <Button size="sm" icon={History} busy={rehearse.isPending} onPress={() => rehearse.mutate({ body: named(values) })}>
          Whom would it have told in the last 7 days?
        </Button>
      </div>
      {rehearse.error && <Alert tone="danger">{Object.values(rehearse.error.fields)[0]?.[0] ?? rehearse.error.detail}</Alert>}
      {found && (
        <div role="status" className="flex flex-col gap-1 text-13">
          <p className="font-medium">{found.count === 0 ? 'Nobody: nothing of the kind happened.' : found.count === 1 ? 'Once' : `${found.count} times`}</p>
          <ul className="flex flex-col gap-1 text-muted">
            {found.items.map(({ at, readers }, place) => (
              <li key={place}>
                <span className="tabular">{formatMoment(at, zone)}</span>: {readers.join(', ')}
              </li>
            ))}
          </ul>
          {found.count > found.items.length && <p className="text-muted">The latest {found.items.length} are shown.</p>}
        </div>
      )}
    </section>
  )
}
