import type { LucideIcon } from 'lucide-react'
import { classes } from '@/lib/classes'
import type { Tone } from './tones'

export type FlagProps = { tone: Tone; icon: LucideIcon; label: string; /** What must be known, in the writer's words. */ children: string; /** Shows all of it, however long; else one line, the rest on hover. */ whole?: boolean }

/** Something everybody must see beside a name: hue, icon, word and the text itself. */
export function Flag({ tone, icon: Icon, label, children, whole = false }: FlagProps) {
  return (
    <span
      data-tone={tone}
      className={classes('inline-flex min-w-0 items-start gap-1.5 rounded-control border border-tone-line bg-tone-soft px-2 py-0.5 text-13 text-tone-text', !whole && 'max-w-[34rem]')}
      title={whole ? undefined : children}
    >
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className={classes('min-w-0', whole ? 'break-words' : 'truncate')}>
        <b className="font-semibold">{label}:</b> {children}
      </span>
    </span>
  )
}
