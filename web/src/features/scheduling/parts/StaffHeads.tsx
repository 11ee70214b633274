import { Button as AriaButton } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { formatDay } from '@/lib/dates'
import { Tooltip } from '@/ui/Tooltip'
import type { Column } from '../columns'

type StaffHeadsProps = {
  columns: readonly Column[]
  zone: string
  today: string
  onDay: (day: string) => void
  onClinician: ((id: string) => void) | undefined
}

/** Over several people's week: each day, which stays in sight while its columns scroll by, and whose columns these are. */
export function StaffHeads({ columns, zone, today, onDay, onClinician }: StaffHeadsProps) {
  const days = [...new Set(columns.map(({ day }) => day))]
  return days.map((day) => {
    const own = columns.filter((column) => column.day === day)
    const isToday = day === today
    return (
      <div key={day} className={classes('grid min-w-0 grid-cols-subgrid border-l-2 border-line-strong/60', isToday && 'shadow-[inset_0_2px_0_var(--accent)]')} style={{ gridColumn: `span ${own.length}` }}>
        <h2 className="col-span-full min-w-0">
          <button type="button" className={classes('sticky left-14 max-w-full truncate px-2 pt-1.5 text-left text-13 font-semibold outline-offset-[-2px] hover:underline', isToday && 'text-accent-text')} onClick={() => onDay(day)}>
            {formatDay(day, zone)}
            {isToday && <span className="sr-only">, today</span>}
          </button>
        </h2>
        {own.map((column) => (
          <Whose key={column.key} column={column} onClinician={onClinician} />
        ))}
      </div>
    )
  })
}

function Whose({ column: { title, detail, mark, clinicianId }, onClinician }: Pick<StaffHeadsProps, 'onClinician'> & { column: Column }) {
  const busy = detail ?? 'No sessions'
  if (!mark || clinicianId === undefined) return <p className="px-2 pb-1.5 text-12 text-muted">{busy}</p>
  return (
    <Tooltip text={`${title}, ${busy.toLowerCase()}: show only this calendar`} placement="bottom">
      <AriaButton aria-label={`${title}, ${busy.toLowerCase()}`} className="flex min-w-0 items-center gap-1.5 rounded-control px-2 pt-0.5 pb-1.5 text-left outline-offset-[-2px] data-hovered:bg-hover" onPress={() => onClinician?.(clinicianId)}>
        <span aria-hidden data-tone={mark.tone} className="flex size-5 shrink-0 items-center justify-center rounded-full border border-tone-line bg-tone-soft text-[0.625rem] font-semibold text-tone-text">
          {mark.initials}
        </span>
        <span className="truncate text-12 text-muted">{title}</span>
      </AriaButton>
    </Tooltip>
  )
}
