import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from './tones'

export type TimelineItem = {
  id: string
  /** Short, tabular: "3:00 pm", "24 Nov". */
  when: string
  /** The line above says it already; it is only read out again. */
  isRepeat?: boolean
  icon: LucideIcon
  tone: Tone
  title: ReactNode
  /** At the line's end: a StatusBadge, a Button. */
  aside?: ReactNode
  children?: ReactNode
  /** Marks where one is now. */
  current?: boolean
}

/** Things in the order they happened or will happen, one line each, with an icon on the thread. */
export function Timeline({ label, items }: { label: string; items: readonly TimelineItem[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {items.map(({ id, when, isRepeat = false, icon: Icon, tone, title, aside, children, current }) => (
        <li key={id} aria-current={current ? 'true' : undefined} className="group relative flex gap-3 rounded-control px-2 py-2 aria-current:bg-accent-soft phone:gap-2.5 phone:px-1">
          <span className="w-16 shrink-0 pt-1 text-right text-13 text-muted tabular phone:w-15">{isRepeat ? <span className="sr-only">{when}</span> : when}</span>
          <span data-tone={tone} className="relative flex flex-col items-center">
            <span className="z-10 flex size-7 shrink-0 items-center justify-center rounded-full border border-tone-line bg-tone-soft text-tone-text">
              <Icon aria-hidden className="size-3.5" />
            </span>
            <span aria-hidden className="absolute top-7 -bottom-2 w-px bg-line group-last:hidden forced-colors:bg-[CanvasText]" />
          </span>
          <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-3 gap-y-1.5 pt-0.5">
            <div className="min-w-0 flex-1 basis-40">
              <div className="leading-6 font-medium">{title}</div>
              {children !== undefined && <div className="text-13 leading-5 text-muted">{children}</div>}
            </div>
            {aside !== undefined && <div className="flex min-h-6 shrink-0 items-center gap-2">{aside}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
