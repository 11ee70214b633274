import { Check, CloudOff, LoaderCircle, PencilLine, TriangleAlert } from 'lucide-react'
import { formatTime } from '@/lib/dates'
import type { Saving } from '../saver'

function wordsOf({ problem, isSaving, isDirty, savedAt, detail }: Saving, zone: string) {
  if (problem === 'offline') return { icon: CloudOff, look: 'text-danger-text', words: 'Not saved: no connection. Your answers stay on this page and are saved once it is back.' }
  if (problem === 'conflict') return { icon: TriangleAlert, look: 'text-danger-text', words: 'Not saved: somebody else answered the same question. Choose below.' }
  if (problem) return { icon: TriangleAlert, look: 'text-danger-text', words: `Not saved: ${detail}` }
  if (isSaving) return { icon: LoaderCircle, look: 'text-muted', words: 'Saving…' }
  if (isDirty) return { icon: PencilLine, look: 'text-muted', words: 'Saves when you pause' }
  return { icon: Check, look: 'text-muted', words: savedAt ? `Saved ${formatTime(savedAt, zone)}` : 'Nothing entered yet' }
}

/** Whether the answers are safe, always. */
export function SavedLine({ state, zone }: { state: Saving; zone: string }) {
  const { icon: Icon, look, words } = wordsOf(state, zone)
  return (
    <p role="status" className={`flex min-w-0 items-center gap-1.5 text-13 tabular ${look}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0">{words}</span>
    </p>
  )
}
