import { Wordmark } from '@/ui/Wordmark'

/** The frame's outline while the first answer is on its way: no page-sized spinner, nothing that jumps. */
export function FrameSkeleton() {
  return (
    <div className="flex min-h-dvh animate-[appear_200ms_200ms_both]" role="status" aria-label="Loading MentalSpace">
      <div className="w-56 border-r border-line bg-sunken px-4 py-3.5 phone:hidden">
        <Wordmark />
      </div>
      <div className="flex-1">
        <div className="h-14 border-b border-line" />
      </div>
    </div>
  )
}
