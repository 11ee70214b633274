/** The keyboard map: what `?` shows besides the areas (app/staff/areas.ts), and what the pages listen to (`useKeys`). `mod` is Ctrl, ⌘ on a Mac; "g t" is g, then t. */
export type KeyBinding = { keys: string; does: string }
export type KeyGroup = { title: string; bindings: readonly KeyBinding[] }

export const keyMap: readonly KeyGroup[] = [
  {
    title: 'Anywhere',
    bindings: [
      { keys: 'mod+k', does: 'Find a client or a command' },
      { keys: 'n', does: 'New: a session, a client, a note, as the page has it' },
      { keys: '?', does: 'Show this list' },
      { keys: 'escape', does: 'Close what is open' },
    ],
  },
  {
    title: 'Calendar',
    bindings: [
      { keys: 't', does: 'Today' },
      { keys: 'left', does: 'Earlier' },
      { keys: 'right', does: 'Later' },
      { keys: 'up', does: 'The session before' },
      { keys: 'down', does: 'The session after' },
      { keys: '1', does: 'Day' },
      { keys: '2', does: 'Week' },
      { keys: '3', does: 'Month' },
    ],
  },
  {
    title: 'Today',
    bindings: [
      { keys: 'left', does: 'The day before' },
      { keys: 'right', does: 'The day after' },
      { keys: 't', does: 'Back to today' },
    ],
  },
  {
    title: 'Note',
    bindings: [
      { keys: 'mod+s', does: 'Save the draft now' },
      { keys: 'mod+enter', does: 'Sign, or go to what is missing' },
      { keys: 'alt+up', does: 'The section before' },
      { keys: 'alt+down', does: 'The section after' },
    ],
  },
]

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** A key press as `keyMap` writes it: "mod+k", "n", "?". */
export function chordOf({ key, ctrlKey, metaKey, altKey }: Press): string {
  const name = key.length === 1 ? key.toLowerCase() : key.toLowerCase().replace('arrow', '')
  return `${ctrlKey || metaKey ? 'mod+' : ''}${altKey ? 'alt+' : ''}${name}`
}

/** Whether a press belongs to what one is writing in, so that letters are letters there. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, [role="textbox"], [role="combobox"], [role="spinbutton"], [role="menu"], [role="listbox"]') !== null
}

/** Milliseconds in which "g t" is one thing said; a slow hand and a slow machine fit into it. */
const TOGETHER = 1500

/** Finds what a press means, remembering the `g` of "g t" for a moment. `now` is when it was pressed, in milliseconds. */
export class KeyReader {
  private pending: { chord: string; at: number } | undefined

  read(press: Press, bound: (keys: string) => boolean, now: number): string | undefined {
    const chord = chordOf(press)
    const sequence = this.pending && now - this.pending.at < TOGETHER ? `${this.pending.chord} ${chord}` : undefined
    this.pending = undefined
    if (sequence !== undefined && bound(sequence)) return sequence
    if (bound(chord)) return chord
    this.pending = { chord, at: now }
    return undefined
  }
}
