import { addDays, formatDay, localDate } from '@/lib/dates'

/** Thirty bars, today last; a screen reader hears the sum and the busiest day. */
export function ReadsByDay({ counts, until, zone }: { counts: readonly number[]; until: string; zone: string }) {
  const last = localDate(until, zone)
  const most = Math.max(...counts, 1)
  const dayOf = (position: number) => formatDay(addDays(last, position - counts.length + 1), zone)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const busiest = counts.indexOf(Math.max(...counts))
  return (
    <figure className="flex flex-col gap-1.5">
      <div role="img" aria-label={`${total.toLocaleString('en-US')} looks in 30 days, most on ${dayOf(busiest)}: ${counts[busiest]?.toLocaleString('en-US') ?? 0}`} className="flex h-28 items-end gap-[3px]">
        {counts.map((count, position) => (
          <span key={position} title={`${dayOf(position)}: ${count.toLocaleString('en-US')}`} className="min-h-0.5 flex-1 rounded-t-[2px] bg-accent" style={{ height: `${(100 * count) / most}%` }} />
        ))}
      </div>
      <figcaption className="flex justify-between text-12 text-muted tabular">
        <span>{dayOf(0)}</span>
        <span>{`most in 24 hours: ${Math.max(...counts).toLocaleString('en-US')}`}</span>
        <span>today</span>
      </figcaption>
    </figure>
  )
}
