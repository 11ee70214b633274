import { useLayoutEffect, useRef, type RefObject } from 'react'
import { isTyping, KeyReader } from './keys'

type Handlers = Partial<Record<string, () => void>>

/** One listener for the page; of several components that bind the same keys, the one that came last has them. */
const bound: RefObject<Handlers>[] = []
const reader = new KeyReader()

const handlerOf = (keys: string) => bound.findLast((handlers) => handlers.current?.[keys])?.current?.[keys]
/** A toast is an alertdialog too, in its own region, and takes nothing over. */
const dialogIsOpen = () => [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].some((dialog) => dialog.closest('[role="region"]') === null)

function listen(event: KeyboardEvent): void {
  const isChord = event.ctrlKey || event.metaKey
  if (event.defaultPrevented || event.repeat || dialogIsOpen() || (isTyping(event.target) && !isChord)) return
  const keys = reader.read(event, (candidate) => handlerOf(candidate) !== undefined, event.timeStamp)
  if (keys === undefined) return
  event.preventDefault()
  handlerOf(keys)?.()
}

/**
 * Listens for keys while the component is on screen: `useKeys({ 'g t': goToToday, n: newSession })`. Silent while one
 * types or a dialog is open. Bound before the screen is painted, so that what can be seen can be pressed.
 */
export function useKeys(handlers: Handlers): void {
  const latest = useRef(handlers)
  useLayoutEffect(() => {
    latest.current = handlers
  })
  useLayoutEffect(() => {
    if (bound.length === 0) document.addEventListener('keydown', listen)
    bound.push(latest)
    return () => {
      bound.splice(bound.indexOf(latest), 1)
      if (bound.length === 0) document.removeEventListener('keydown', listen)
    }
  }, [])
}
