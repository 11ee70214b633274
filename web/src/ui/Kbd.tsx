import { classes } from '@/lib/classes'

const mac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent)
const names: Record<string, string> = { mod: mac ? '⌘' : 'Ctrl', shift: mac ? '⇧' : 'Shift', enter: 'Enter', escape: 'Esc', left: '←', right: '→', up: '↑', down: '↓' }

/** Keys to press: `mod+k` together, `g c` one after the other. */
export function Kbd({ keys, inverse = false }: { keys: string; inverse?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1">
      {keys.split(' ').map((chord, position) => (
        <kbd
          key={position}
          className={classes(
            'inline-flex min-w-5 items-center justify-center rounded-[4px] border px-1 font-sans text-12 leading-[1.125rem] font-medium',
            inverse ? 'border-current/40 text-current' : 'border-line bg-sunken text-muted',
          )}
        >
          {chord
            .split('+')
            .map((key) => names[key] ?? key.toUpperCase())
            .join(mac ? '' : '+')}
        </kbd>
      ))}
    </span>
  )
}
