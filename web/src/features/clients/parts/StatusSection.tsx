import { useState } from 'react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { formatPlainDate } from '@/lib/dates'
import { clientLook } from '@/lib/looks'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { changesStatus } from '../can'
import { StatusPanel } from '../forms/StatusPanel'

/** Whether the client is in care, and how that came about. */
export function StatusSection({ client, changes }: { client: Schema<'ClientOut'>; changes: readonly Schema<'StatusChangeOut'>[] }) {
  const [isChanging, setChanging] = useState(false)
  return (
    <Section
      title="Status"
      aside={
        changesStatus(useMe()) && (
          <Button size="sm" variant="quiet" className="-mr-2.5" onPress={() => setChanging(true)}>
            Change status
          </Button>
        )
      }
    >
      <StatusBadge size="sm" {...clientLook(client.status)} />
      {changes.length > 0 && (
        <ul className="flex flex-col gap-2 pt-3">
          {changes.map(({ status, reason, effective_date, changed_by, created_at }) => (
            <li key={created_at} className="text-13">
              <span className="font-medium">{status}</span>{' '}
              <span className="text-muted">
                since {formatPlainDate(effective_date)}, by {changed_by}
              </span>
              <span className="block break-words">{reason}</span>
            </li>
          ))}
        </ul>
      )}
      {isChanging && <StatusPanel client={client} onClose={() => setChanging(false)} />}
    </Section>
  )
}
