import { classes } from '@/lib/classes'
import type { Tone } from './tones'

const tones: readonly Tone[] = ['blue', 'teal', 'green', 'amber', 'red', 'violet', 'pink']
const sizes = { sm: 'size-6 text-[0.625rem]', md: 'size-8 text-12', lg: 'size-11 text-14' }

const toneOf = (name: string): Tone => tones[[...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % tones.length] ?? 'grey'

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = [...(words[0] ?? '')][0] ?? ''
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

/** Initials on a hue that stays the person's own. Decoration: the name stands beside it. */
export function Avatar({ name, initials, size = 'md' }: { name: string; initials?: string; size?: keyof typeof sizes }) {
  return (
    <span aria-hidden data-tone={toneOf(name)} className={classes('inline-flex shrink-0 items-center justify-center rounded-full border border-tone-line bg-tone-soft font-semibold text-tone-text select-none', sizes[size])}>
      {initials ?? initialsOf(name)}
    </span>
  )
}
