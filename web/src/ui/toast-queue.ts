import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components'

export type ToastContent = {
  message: string
  /** Takes back what was just done; the toast then stays 8 s. */
  undo?: () => void
  tone?: 'plain' | 'danger'
}

/** One queue for the page; the ToastRegion in the frame shows it. */
export const toastQueue = new ToastQueue<ToastContent>({ maxVisibleToasts: 3 })

/** Says what was done, in the past tense: `toast({ message: 'Session moved to Wed 25 Nov, 3:00 pm', undo })`. Pauses while read. */
export function toast(content: ToastContent): void {
  toastQueue.add(content, { timeout: 8000 })
}
