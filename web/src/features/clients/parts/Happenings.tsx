import { formatDay, formatTime, localDate } from '@/lib/dates'
import { Link } from '@/ui/Link'
import { Timeline } from '@/ui/Timeline'
import { hrefOf, isWorthSaying, lookOf, type Happening } from '../happenings'

type HappeningsProps = { label: string; items: readonly Happening[]; zone: string; /** The month stands in no heading above. */ withMonth?: boolean }

/** "Tue 24", or "24 Nov" where no month stands above. */
function dayOf(at: string, zone: string, withMonth: boolean): string {
  const [weekday = '', day = '', month = ''] = formatDay(localDate(at, zone), zone).split(' ')
  return withMonth ? `${day} ${month}` : `${weekday} ${day}`
}

/** Moments that are only a day in truth say no time: a diagnosis's onset, a note's day. */
const hasTime = ({ kind }: Happening) => kind === 'appointment'

export function Happenings({ label, items, zone, withMonth = false }: HappeningsProps) {
  return (
    <Timeline
      label={label}
      items={items.map((item) => {
        const href = hrefOf(item, zone)
        const facts = [withMonth && formatDay(localDate(item.at, zone), zone).split(' ')[0], hasTime(item) && formatTime(item.at, zone), item.subtitle]
        return {
          id: `${item.kind} ${item.id}`,
          when: dayOf(item.at, zone, withMonth),
          ...lookOf(item),
          title: href ? (
            <Link href={href} tone="quiet" className="break-words">
              {item.title}
            </Link>
          ) : (
            <span className="break-words">{item.title}</span>
          ),
          children: facts.filter(Boolean).join(' · ') || undefined,
          aside: isWorthSaying(item) ? <span className="text-12 text-muted">{item.status}</span> : undefined,
        }
      })}
    />
  )
}
