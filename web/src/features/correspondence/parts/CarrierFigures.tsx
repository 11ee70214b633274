import type { ReactNode } from 'react'
import { paths } from '@/lib/paths'
import { Link } from '@/ui/Link'
import { channelTitles, type State } from '../filter'
import type { Carrier } from '../queries'
import { rateOf } from '../words'

/** What became of the last seven days' messages. A number that can be looked into leads to its messages. */
export function CarrierFigures({ carrier }: { carrier: Carrier }) {
  const { channel, sent, delivered, bounced, failed, waiting } = carrier
  const rate = rateOf(carrier)
  const linked = (count: number, state: State) => (count === 0 ? 0 : <Link href={`${paths.messages()}?state=${state}&channel=${channel}`}>{count.toLocaleString('en-US')}</Link>)
  const figures: [term: string, value: ReactNode][] = [
    ['Sent', linked(sent, 'sent')],
    ['Delivered', delivered === null ? <span className="text-13 font-normal text-muted">not told</span> : <>{delivered.toLocaleString('en-US')}{rate !== '' && <span className="text-13 font-normal text-muted"> {rate}</span>}</>],
    ['Came back', bounced.toLocaleString('en-US')],
    ['Failed', linked(failed, 'failed')],
    ['Waiting now', linked(waiting, 'waiting')],
  ]
  return (
    <section aria-label={`${channelTitles[channel]}: the last seven days`}>
      <h3 className="pb-1.5 text-12 font-medium text-muted">The last seven days</h3>
      <dl className="grid grid-cols-5 gap-x-3 gap-y-2 rounded-control border border-line px-3.5 py-2.5 phone:grid-cols-3">
        {figures.map(([term, value]) => (
          <div key={term} className="min-w-0">
            <dt className="text-12 text-muted">{term}</dt>
            <dd className="text-16 font-medium tabular">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
