import type { LucideIcon } from 'lucide-react'
import { classes } from '@/lib/classes'
import type { Tone } from './tones'

export type StatusBadgeProps = { tone: Tone; icon: LucideIcon; /** The status in a word or two. */ label: string; size?: 'sm' | 'md' }

/** A status as hue, icon and word together; never the hue alone. */
export function StatusBadge({ tone, icon: Icon, label, size = 'md' }: StatusBadgeProps) {
  return (
    <span
      data-tone={tone}
      className={classes(
        'inline-flex shrink-0 items-center gap-1 rounded-control border border-tone-line bg-tone-soft font-medium whitespace-nowrap text-tone-text',
        size === 'sm' ? 'h-5 px-1.5 text-12' : 'h-6 px-2 text-12',
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {label}
    </span>
  )
}
