import { useEffect } from 'react'
import { useBlocker, type Blocker } from 'react-router'
import { paths } from './paths'

/** Stops whoever goes to another page while there is something unsaved. Signing in again is no leaving: one comes back. */
export const useUnsavedBlocker = (isUnsaved: () => boolean): Blocker =>
  useBlocker(({ currentLocation, nextLocation }) => isUnsaved() && currentLocation.pathname !== nextLocation.pathname && !nextLocation.pathname.startsWith(paths.signIn()))

/** Whoever was stopped goes on as soon as all is saved. */
export function useGoOnWhenSaved(blocker: Blocker, isUnsaved: boolean): void {
  useEffect(() => {
    if (blocker.state === 'blocked' && !isUnsaved) blocker.proceed()
  }, [blocker, isUnsaved])
}

/** The browser asks before it closes or reloads the page. */
export function useAskBeforeUnload(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    globalThis.addEventListener('beforeunload', ask)
    return () => globalThis.removeEventListener('beforeunload', ask)
  }, [isUnsaved])
}
