/** What a reviewer reads of the trail: each thing that was looked at once, when first, and how often. */
import type { Schema } from '@/api/schema'

type Looked = { what: string; at: string; times: number }

export function gathered(opened: readonly Schema<'OpenedOut'>[], person: string): Looked[] {
  const found = new Map<string, Looked>()
  for (const { at, what } of opened) {
    const bare = what.startsWith(`${person} `) ? what.slice(person.length + 1) : what
    const known = found.get(bare)
    if (known) known.times += 1
    else found.set(bare, { what: bare.charAt(0).toUpperCase() + bare.slice(1), at, times: 1 })
  }
  return [...found.values()]
}
