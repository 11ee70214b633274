import { Skeleton, SkeletonRows } from '@/ui/Skeleton'

/** The chart's shape while it is on its way. */
export function ChartSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2.5">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </div>
      <Skeleton className="h-9 w-72" />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_17rem] xl:grid-cols-[minmax(0,1fr)_19rem]">
        <SkeletonRows label="Loading the chart" />
        <div className="flex flex-col gap-4">
          <Skeleton className="h-28 rounded-panel" />
          <Skeleton className="h-28 rounded-panel" />
        </div>
      </div>
    </div>
  )
}
