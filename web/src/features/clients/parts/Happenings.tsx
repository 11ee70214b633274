import { formatDay, formatTime, localDate } from '@/lib/dates'
import { Link } from '@/ui/Link'
import { StatusBadge } from '@/ui/StatusBadge'
import { Timeline } from '@/ui/Timeline'
import { hrefOf, lookOf, stateOf, type Happening } from '../happenings'

type HappeningsProps = { label: string; items: readonly Happening[]; zone: string; /** The month stands in no heading above. */ withMonth?: boolean }

/** "Tue 24", or "24 Nov" where no month stands above. */
function dayOf(at: string, zone: string, withMonth: boolean): string {
  const [weekday = '', day = '', month = ''] = formatDay(localDate(at, zone), zone).split(' ')
  return withMonth ? `${day} ${month}` : `${weekday} ${day}`
}

/** Moments that are only a day in truth say no time: a diagnosis's onset, a note's day. */
const hasTime = ({ kind }: Happening) => kind === 'appointment'

export function Happenings({ label, items, zone, withMonth = false }: HappeningsProps) {
  const now = new Date()
  return (
    <Timeline
      label={label}
      items={items.map((item, position) => {
        const before = items[position - 1]
        const day = dayOf(item.at, zone, withMonth)
        const href = hrefOf(item, zone)
        const state = stateOf(item, now)
        const facts = [withMonth && formatDay(localDate(item.at, zone), zone).split(' ')[0], hasTime(item) && formatTime(item.at, zone), item.subtitle]
        return {
          id: `${item.kind} ${item.id}`,
          when: day,
          isRepeat: before !== undefined && dayOf(before.at, zone, withMonth) === day,
          ...lookOf(item),
          title: (
            <span className="break-words">
              {href ? (
                <Link href={href} tone="quiet" className="mr-2">
                  {item.title}
                </Link>
              ) : (
                <span className="mr-2">{item.title}</span>
              )}
              <span className="inline-block text-13 font-normal phone:block phone:leading-5 text-muted">{facts.filter(Boolean).join(' · ')}</span>
            </span>
          ),
          aside: state === null ? undefined : state.isLoud ? <StatusBadge size="sm" tone={state.tone} icon={state.icon} label={state.label} /> : <span className="text-12 text-muted">{state.label}</span>,
        }
      })}
    />
  )
}
