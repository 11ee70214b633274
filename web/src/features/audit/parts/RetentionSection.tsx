import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DescriptionList } from '@/ui/DescriptionList'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { RetentionPanel } from '../forms/RetentionPanel'
import { actions, type Action } from '../filter'
import { retentionQuery } from '../queries'
import { counted } from '../words'

const nameOf = (action: string) => (Object.hasOwn(actions, action) ? actions[action as Action] : 'Every line')

/** How far the trail goes back, what is kept longer than the law asks, and what may be purged. */
export function RetentionSection({ zone }: { zone: string }) {
  const { data: kept, error } = useQuery(retentionQuery())
  const [isChanging, change] = useState(false)
  return (
    <Section
      title="How long it is kept"
      aside={
        <Button size="sm" onPress={() => change(true)} disabledReason={kept ? null : 'Loading…'}>
          Keep longer…
        </Button>
      }
    >
      {error && <Alert tone="danger">{error.detail}</Alert>}
      {!kept && !error && <SkeletonRows rows={4} label="Loading retention" />}
      {kept && (
        <div className="flex flex-col gap-4">
          <DescriptionList
            layout="stack"
            items={[
              { term: 'Oldest line', value: kept.oldest_log ? formatMoment(kept.oldest_log, zone) : 'None yet' },
              { term: 'Newest line', value: kept.newest_log ? formatMoment(kept.newest_log, zone) : 'None yet' },
              { term: 'Lines', value: <span className="tabular">{kept.total_logs.toLocaleString('en-US')}</span> },
              { term: 'People in it', value: <span className="tabular">{kept.unique_users.toLocaleString('en-US')}</span> },
            ]}
          />
          <p className="text-13 text-muted">
            Nothing younger than six years can be removed by anybody, not even by those who run the database. {kept.due === 0 ? 'Nothing may be purged now.' : `${counted(kept.due, 'line')} may be purged now; a purge writes itself down.`}
          </p>
          {kept.rules.length > 0 && (
            <ul className="flex flex-col divide-y divide-line border-y border-line">
              {kept.rules.map(({ action_type, years, is_held, reason }) => (
                <li key={action_type} className="py-2">
                  <span className="font-medium">{nameOf(action_type)}</span> <span>{is_held ? `held, and ${years} years` : `${years} years`}</span>
                  <p className="text-13 text-muted">{reason}</p>
                </li>
              ))}
            </ul>
          )}
          <RetentionPanel rules={kept.rules} open={isChanging} onClose={() => change(false)} />
        </div>
      )}
    </Section>
  )
}
