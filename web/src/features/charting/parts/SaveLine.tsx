import { Check, CloudOff, LoaderCircle, PencilLine, TriangleAlert } from 'lucide-react'
import { formatMoment, formatTime, localDate, today } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { isDirty, type SaveState } from '../save-machine'

export function savedAt(instant: string, zone: string): string {
  return localDate(instant, zone) === today(zone) ? formatTime(instant, zone) : formatMoment(instant, zone)
}

function wordsOf(state: SaveState, zone: string) {
  const { problem, inFlight, theirs } = state
  if (theirs) return { icon: TriangleAlert, look: 'text-danger-text', words: 'Not saved: another tab changed this note' }
  if (problem?.kind === 'offline') return { icon: CloudOff, look: 'text-danger-text', words: 'Not saved: offline, kept in this tab, trying again' }
  if (problem?.kind === 'signed') return { icon: TriangleAlert, look: 'text-danger-text', words: 'Not saved: the note is signed' }
  if (problem) return { icon: TriangleAlert, look: 'text-danger-text', words: `Not saved: ${problem.detail}` }
  if (inFlight) return { icon: LoaderCircle, look: 'text-muted', words: 'Saving…' }
  if (isDirty(state)) return { icon: PencilLine, look: 'text-muted', words: 'Saves when you pause' }
  return { icon: Check, look: 'text-muted', words: `Saved ${savedAt(state.savedAt, zone)}` }
}

/** Whether the text is safe, beside the editor, always. */
export function SaveLine({ state, zone, onRetry }: { state: SaveState; zone: string; onRetry: () => void }) {
  const { icon: Icon, look, words } = wordsOf(state, zone)
  return (
    <span className="flex min-w-0 items-center gap-2 text-13 phone:fixed phone:bottom-[calc(4.25rem+env(safe-area-inset-bottom))] phone:left-4 phone:z-20 phone:max-w-[calc(100vw-2rem)] phone:rounded-control phone:border phone:border-line phone:bg-raised phone:px-2.5 phone:py-1.5 phone:shadow-float phone:short:static phone:short:border-0 phone:short:shadow-none">
      <span role="status" className={`flex min-w-0 items-center gap-1.5 tabular ${look}`}>
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0">{words}</span>
      </span>
      {state.problem && state.problem.kind !== 'signed' && !state.theirs && (
        <Button size="sm" variant="quiet" onPress={onRetry}>
          Try again
        </Button>
      )}
    </span>
  )
}
