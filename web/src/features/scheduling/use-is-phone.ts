import { useSyncExternalStore } from 'react'

const query = '(width < 48rem)'
const media = (): MediaQueryList | undefined => (typeof matchMedia === 'undefined' ? undefined : matchMedia(query))

function subscribe(listener: () => void): () => void {
  const list = media()
  list?.addEventListener('change', listener)
  return () => list?.removeEventListener('change', listener)
}

/** Whether the window is as narrow as `phone:` in ui/tokens.css, where the calendar is a list. */
export const useIsPhone = (): boolean => useSyncExternalStore(subscribe, () => media()?.matches ?? false)
