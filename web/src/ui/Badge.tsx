import { classes } from '@/lib/classes'

/** A count beside a name. `label` says what is counted: "3 notes to write". */
export function Badge({ count, label, urgent = false }: { count: number; label: string; urgent?: boolean }) {
  return (
    <span aria-label={label} role="img" className={classes('inline-flex h-5 min-w-5 items-center justify-center rounded-full px-1.5 text-12 font-medium tabular', urgent ? 'bg-danger text-danger-contrast' : 'bg-pressed text-text')}>
      {count > 99 ? '99+' : count}
    </span>
  )
}
