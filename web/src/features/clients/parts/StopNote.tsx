import { TriangleAlert } from 'lucide-react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { paths } from '@/lib/paths'
import { Link } from '@/ui/Link'
import { liftsStops } from '../can'
import { stopSentences } from '../stops'

type Stopped = Schema<'ClientOut'>['stopped']

/** Below an address that nothing is sent to: why, and what to do. */
export function StopNote({ which, stopped }: { which: keyof Stopped; stopped: Stopped }) {
  const reason = stopped[which]
  const mayLift = liftsStops(useMe())
  if (reason === null) return null
  return (
    <span className="mt-1 flex max-w-80 items-start gap-1.5 text-12 text-warning-text">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>
        {stopSentences[which][reason]}
        {mayLift && reason === 'bounced' && (
          <>
            {' '}
            If it is right after all, <Link href={paths.stoppedAddresses()}>lift the stop</Link>.
          </>
        )}
      </span>
    </span>
  )
}
