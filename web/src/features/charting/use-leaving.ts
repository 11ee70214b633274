import { useEffect } from 'react'
import { useBlocker, type Blocker } from 'react-router'
import { paths } from '@/lib/paths'
import type { Autosave } from './autosave'
import { isDirty, type SaveState } from './save-machine'

async function saveAndGo(autosave: Autosave, blocker: Blocker): Promise<void> {
  if (await autosave.flush()) blocker.proceed?.()
}

/** Leaving with unsaved text: it is saved first, and only what could not be saved asks. Signing in again keeps the text. */
export function useLeaving(autosave: Autosave, state: SaveState): Blocker {
  const dirty = isDirty(state)
  const stuck = dirty && (state.problem !== null || state.theirs !== null)
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isDirty(autosave.snapshot()) && nextLocation.pathname !== currentLocation.pathname && !nextLocation.pathname.startsWith(paths.signIn()))
  const isBlocked = blocker.state === 'blocked'
  useEffect(() => {
    if (isBlocked) void saveAndGo(autosave, blocker)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each attempt to leave
  }, [isBlocked, autosave])
  useEffect(() => {
    if (!stuck) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    globalThis.addEventListener('beforeunload', ask)
    return () => globalThis.removeEventListener('beforeunload', ask)
  }, [stuck])
  return blocker
}
