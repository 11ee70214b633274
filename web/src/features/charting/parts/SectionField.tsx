import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { TextArea } from '@/ui/TextArea'
import type { Section } from '../layouts'
import { placeOf } from './Outline'

type Props = { section: Section; text: string; onChange: (text: string) => void; onBlur: () => void; onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void; /** Typed under another format. */ aside?: boolean }

export function SectionField({ section: { key, label, hint }, text, onChange, onBlur, onKeyDown, aside = false }: Props) {
  const input = useKeptCaret(text)
  return (
    <div id={placeOf(key)} className="scroll-mt-44 phone:scroll-mt-41" data-section={key}>
      <TextArea
        label={label}
        hint={aside ? 'Written in another format. It is kept with the draft and is not part of the note when signed: move what belongs in it.' : hint}
        text="prose"
        className="[&_textarea]:min-h-28"
        rows={aside ? 3 : 5}
        maxLength={50_000}
        value={text}
        onChange={onChange}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
        inputRef={input}
      />
    </div>
  )
}

/** When a text changes from outside (a merge) while the caret is in it, the caret stays by its words. */
function useKeptCaret(text: string) {
  const input = useRef<HTMLTextAreaElement>(null)
  const before = useRef({ text, start: 0, end: 0 })
  useLayoutEffect(() => {
    const element = input.current
    if (!element || document.activeElement !== element) return
    const { text: old, start, end } = before.current
    const typed = element.value === text && element.selectionStart !== element.value.length
    if (old !== text && !typed && element.selectionStart === text.length && start < old.length) {
      const grown = text.length - old.length
      const head = commonHead(old, text)
      element.setSelectionRange(start > head ? start + grown : start, end > head ? end + grown : end)
    }
  }, [text])
  useLayoutEffect(() => {
    const element = input.current
    const note = () => element && (before.current = { text: element.value, start: element.selectionStart, end: element.selectionEnd })
    element?.addEventListener('select', note)
    element?.addEventListener('input', note)
    element?.addEventListener('keyup', note)
    element?.addEventListener('pointerup', note)
    return () => {
      element?.removeEventListener('select', note)
      element?.removeEventListener('input', note)
      element?.removeEventListener('keyup', note)
      element?.removeEventListener('pointerup', note)
    }
  }, [])
  return input
}

function commonHead(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}
