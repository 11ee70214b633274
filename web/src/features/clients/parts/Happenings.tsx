import { formatDay, formatTime, localDate } from '@/lib/dates'
import { Link } from '@/ui/Link'
import { Timeline } from '@/ui/Timeline'
import { hrefOf, saidOf, lookOf, type Happening } from '../happenings'

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
      items={items.map((item) => {
        const href = hrefOf(item, zone)
        const said = saidOf(item, now)
        const facts = [withMonth && formatDay(localDate(item.at, zone), zone).split(' ')[0], hasTime(item) && formatTime(item.at, zone), item.subtitle]
        return {
          id: `${item.kind} ${item.id}`,
          when: dayOf(item.at, zone, withMonth),
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
          aside: said === null ? undefined : <span className="rounded-control bg-sunken px-1.5 py-0.5 text-12 text-muted">{said}</span>,
        }
      })}
    />
  )
}
