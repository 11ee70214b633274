import { classes } from '@/lib/classes'
import type { Tone } from './tones'

const tones: readonly Tone[] = ['blue', 'teal', 'green', 'amber', 'red', 'violet', 'pink']
const sizes = { sm: 'size-6 text-[0.625rem]', md: 'size-8 text-12', lg: 'size-11 text-14' }

function toneOf(name: string): Tone {
  let sum = 7
  for (let position = 0; position < name.length; position++) sum = (sum * 31 + name.charCodeAt(position)) % 9973
  return tones[sum % tones.length] ?? 'grey'
}

const firstLetter = (word: string | undefined): string => String.fromCodePoint(word?.codePointAt(0) ?? 0x20).trim()

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return (firstLetter(words[0]) + (words.length > 1 ? firstLetter(words.at(-1)) : '')).toLocaleUpperCase()
}

/** Initials on a hue that stays the person's own. Decoration, drawn by CSS, so that no screen reader spells it: the name stands beside it. */
export function Avatar({ name, initials, size = 'md' }: { name: string; initials?: string; size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden
      data-tone={toneOf(name)}
      data-initials={initials ?? initialsOf(name)}
      className={classes('inline-flex shrink-0 items-center justify-center rounded-full border border-tone-line bg-tone-soft font-semibold text-tone-text before:content-[attr(data-initials)]', sizes[size])}
    />
  )
}
