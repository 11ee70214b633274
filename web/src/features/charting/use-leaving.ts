import { useEffect } from 'react'
import { useBlocker, type Blocker } from 'react-router'
import { paths } from '@/lib/paths'
import type { Autosave } from './autosave'
import { isDirty, type SaveState } from './save-machine'

/** Leaving with unsaved text: it is saved first, and only what could not be saved asks. Signing in again keeps the text. */
export function useLeaving(autosave: Autosave, state: SaveState): { blocker: Blocker; /** It could not be saved. */ asks: boolean } {
  const dirty = isDirty(state)
  const stuck = dirty && (state.problem !== null || state.theirs !== null)
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isDirty(autosave.snapshot()) && nextLocation.pathname !== currentLocation.pathname && !nextLocation.pathname.startsWith(paths.signIn()))
  const isBlocked = blocker.state === 'blocked'
  useEffect(() => {
    if (isBlocked) void autosave.flush()
  }, [isBlocked, autosave])
  useEffect(() => {
    if (blocker.state === 'blocked' && !dirty) blocker.proceed()
  }, [blocker, dirty])
  useEffect(() => {
    if (!stuck) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    globalThis.addEventListener('beforeunload', ask)
    return () => globalThis.removeEventListener('beforeunload', ask)
  }, [stuck])
  return { blocker, asks: isBlocked && stuck }
}
