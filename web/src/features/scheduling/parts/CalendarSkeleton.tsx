import { Skeleton } from '@/ui/Skeleton'

/** The week's outline while its sessions are on their way. */
export function CalendarSkeleton() {
  return (
    <div role="status" aria-label="Loading the calendar" className="flex flex-1 flex-col">
      <div className="flex items-center gap-3 border-b border-line px-4 py-2.5">
        <Skeleton className="h-9 w-64" />
        <Skeleton className="ml-auto h-9 w-80 phone:hidden" />
      </div>
      <div className="grid flex-1 grid-cols-5 gap-px bg-line pl-14 phone:grid-cols-1 phone:pl-0">
        {[2, 3, 1, 2, 3].map((count, day) => (
          <div key={day} className={`flex flex-col gap-8 bg-surface p-2 pt-16 ${day > 0 ? 'phone:hidden' : ''}`}>
            {Array.from({ length: count }, (_, row) => (
              <Skeleton key={row} className="h-12 w-full" />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
