import { useEffect } from 'react'
import type { Blocker } from 'react-router'
import { useAskBeforeUnload, useGoOnWhenSaved, useUnsavedBlocker } from '@/lib/use-unsaved'
import type { Autosave } from './autosave'
import { isDirty, type SaveState } from './save-machine'

/** Leaving with unsaved text: it is saved first, and only what could not be saved asks. Signing in again keeps the text. */
export function useLeaving(autosave: Autosave, state: SaveState): { blocker: Blocker; /** It could not be saved. */ asks: boolean } {
  const dirty = isDirty(state)
  const stuck = dirty && (state.problem !== null || state.theirs !== null)
  const blocker = useUnsavedBlocker(() => isDirty(autosave.snapshot()))
  const isBlocked = blocker.state === 'blocked'
  useEffect(() => {
    if (isBlocked) void autosave.flush()
  }, [isBlocked, autosave])
  useGoOnWhenSaved(blocker, dirty)
  useAskBeforeUnload(stuck)
  return { blocker, asks: isBlocked && stuck }
}
