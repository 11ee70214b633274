/**
 * The one signal that a sign-in has ended. The api layer knows no router: it says so here, and the app listens
 * (app/staff/routes.tsx) and shows sign-in, keeping the page one was on.
 */
export type SignOutReason = 'expired' | 'idle' | 'asked' | 'elsewhere'

type Listener = (reason: SignOutReason) => void

const listeners = new Set<Listener>()
const otherTabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('mentalspace.session')

otherTabs?.addEventListener('message', () => tell('elsewhere'))

function tell(reason: SignOutReason): void {
  for (const listener of listeners) listener(reason)
}

export function onSignedOut(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Says that nobody is signed in any more; the other tabs of this browser hear it too. */
export function signedOut(reason: SignOutReason): void {
  tell(reason)
  if (reason === 'asked' || reason === 'idle') otherTabs?.postMessage(reason)
}
