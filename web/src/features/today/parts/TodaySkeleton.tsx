import { Skeleton } from '@/ui/Skeleton'

/** The day's shape while it is on its way: sessions left, what waits right. */
export function TodaySkeleton() {
  return (
    <div role="status" aria-label="Loading the day">
      <div className="flex flex-col gap-2 pb-4">
        <Skeleton className="h-7 w-32" />
        <Skeleton className="h-4 w-56" />
      </div>
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Rows count={7} look="h-15" />
        <div className="flex flex-col gap-6 max-xl:hidden">
          <Rows count={4} look="h-13" />
          <Rows count={3} look="h-13" />
        </div>
      </div>
    </div>
  )
}

function Rows({ count, look }: { count: number; look: string }) {
  return (
    <div className="rounded-panel border border-line bg-raised">
      <div className="flex h-11 items-center border-b border-line px-4">
        <Skeleton className="h-3.5 w-28" />
      </div>
      {Array.from({ length: count }, (_, row) => (
        <div key={row} className={`flex items-center gap-4 px-4 ${look}`}>
          <Skeleton className="size-7 shrink-0 rounded-full" />
          <div className="flex flex-1 flex-col gap-1.5">
            <Skeleton className={row % 2 === 0 ? 'h-3.5 w-40' : 'h-3.5 w-32'} />
            <Skeleton className="h-3 w-52 max-w-full" />
          </div>
          <Skeleton className="h-7 w-24" />
        </div>
      ))}
    </div>
  )
}
