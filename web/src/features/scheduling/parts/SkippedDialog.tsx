import { formatDay, formatTime, localDate } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import type { Skipped } from '../use-move'

/** Which sessions of a series were left out, and why: never silently. */
export function SkippedDialog({ skipped, zone, onClose }: { skipped: Skipped | null; zone: string; onClose: () => void }) {
  const total = skipped ? skipped.done + skipped.skipped.length : 0
  const left = skipped?.verb === 'booked' ? 'These were not booked' : 'These were left as they are'
  return (
    <Dialog title={`${skipped?.done ?? 0} of ${total} sessions ${skipped?.verb ?? 'changed'}`} open={skipped !== null} onClose={onClose} footer={<Button onPress={onClose}>Close</Button>}>
      <p>{left}; book or change them one by one where they matter.</p>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {skipped?.skipped.map(({ starts_at, reason }) => (
          <li key={starts_at} className="flex flex-wrap gap-x-3 py-1.5">
            <span className="w-44 shrink-0 font-medium tabular">
              {formatDay(localDate(starts_at, zone), zone)}, {formatTime(starts_at, zone)}
            </span>
            <span className="min-w-0 flex-1 text-muted">{reason}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
