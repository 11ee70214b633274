import { Skeleton } from '@/ui/Skeleton'

/** The shape of a note while it is on its way. */
export function NoteSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-8">
      <div className="border-b border-line px-6 py-4">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="mt-2 h-4 w-80 max-w-full" />
      </div>
      <div className="mx-auto flex w-full max-w-[72ch] flex-col gap-6 px-6">
        {[1, 2, 3, 4].map((part) => (
          <div key={part}>
            <Skeleton className="h-4 w-24" />
            <Skeleton className="mt-2 h-28 w-full" />
          </div>
        ))}
      </div>
    </div>
  )
}
