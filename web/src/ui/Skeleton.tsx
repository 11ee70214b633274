import { classes } from '@/lib/classes'

/** A grey piece in the shape of what is coming; give it that shape: `h-4 w-40`. Shows after 200 ms, so quick answers do not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classes('block animate-[appear_200ms_200ms_both,pulse_1.6s_400ms_ease-in-out_infinite] rounded-control bg-pressed', className)} />
}

/** Rows of a list or table that is loading. */
export function SkeletonRows({ rows = 8, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-10 items-center gap-6 px-4">
          <Skeleton className={row % 3 === 0 ? 'h-3.5 w-44' : row % 3 === 1 ? 'h-3.5 w-36' : 'h-3.5 w-52'} />
          <Skeleton className="h-3.5 w-24 phone:hidden" />
          <Skeleton className="ml-auto h-3.5 w-16" />
        </div>
      ))}
    </div>
  )
}
