import type { Blocker } from 'react-router'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import type { SaveState } from '../save-machine'

/** Only for text that could not be saved when its author wants to go elsewhere. */
export function LeaveDialog({ blocker, asks, state }: { blocker: Blocker; asks: boolean; state: SaveState }) {
  return (
    <ConfirmDialog title="This note is not saved" open={asks} action="Leave without saving" danger keep="Stay with the note" onConfirm={() => blocker.proceed?.()} onClose={() => blocker.reset?.()}>
      {state.theirs ? 'Another tab changed it, and the two versions are not reconciled yet.' : (state.problem?.detail ?? '')} If you leave, what you wrote since the last save stays behind.
    </ConfirmDialog>
  )
}
