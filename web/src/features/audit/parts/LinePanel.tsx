import { useQuery } from '@tanstack/react-query'
import { formatMoment } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { DescriptionList } from '@/ui/DescriptionList'
import { ErrorState } from '@/ui/ErrorState'
import { Link } from '@/ui/Link'
import { Panel } from '@/ui/Panel'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { actions, type Action } from '../filter'
import { lineLooks } from '../looks'
import { lineQuery } from '../queries'
import { spaced } from '../words'

const nameOf = (action: string) => (Object.hasOwn(actions, action) ? actions[action as Action] : spaced(action))

/** Everything that is kept about one line. */
export function LinePanel({ lineId, zone, onClose }: { lineId: string | null; zone: string; onClose: () => void }) {
  return (
    <Panel title="One line of the trail" open={lineId !== null} onClose={onClose}>
      {lineId !== null && <LineFacts lineId={lineId} zone={zone} />}
    </Panel>
  )
}

function LineFacts({ lineId, zone }: { lineId: string; zone: string }) {
  const { data: line, error, refetch } = useQuery(lineQuery(lineId))
  if (error) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!line) return <SkeletonRows rows={6} label="Loading the line" />
  const details = Object.entries(line.details)
  return (
    <div className="flex flex-col gap-5">
      <p className="text-16 leading-snug font-medium">{line.description}</p>
      <DescriptionList
        items={[
          { term: 'When', value: <span className="tabular">{formatMoment(line.created_at, zone)}</span> },
          { term: 'Who', value: line.person?.name ?? 'Nobody known' },
          { term: 'Kind', value: nameOf(line.action_type) },
          { term: 'Severity', value: <StatusBadge size="sm" {...lineLooks[line.severity]} /> },
          { term: 'Event', value: <code className="text-13">{line.event}</code> },
          { term: 'From', value: line.ip_address ?? 'not over the network' },
          ...(line.user_agent ? [{ term: 'Browser', value: <span className="text-13 break-words">{line.user_agent}</span> }] : []),
          ...(line.session_id ? [{ term: 'Sign-in', value: <code className="text-13">{line.session_id}</code> }] : []),
          { term: 'Chain', value: line.place ? <span className="tabular">{`sealed at place ${line.place.position.toLocaleString('en-US')}`}</span> : 'to be sealed within a minute' },
        ]}
      />
      {line.clients.length > 0 && (
        <section aria-label="Clients">
          <h3 className="pb-1.5 text-12 font-medium text-muted">{line.client_count === 1 ? 'About' : `About ${line.client_count} clients`}</h3>
          <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto">
            {line.clients.map(({ id, name }) => (
              <li key={id}>
                <Link href={paths.client(id)}>{name}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {details.length > 0 && (
        <section aria-label="Details">
          <h3 className="pb-1.5 text-12 font-medium text-muted">Details</h3>
          <DescriptionList items={details.map(([name, value]) => ({ term: spaced(name), value: <span className="text-13 break-words">{typeof value === 'string' ? value : JSON.stringify(value)}</span> }))} />
        </section>
      )}
    </div>
  )
}
