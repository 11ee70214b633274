import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './Kbd'

type TooltipProps = {
  /** What the thing is or does, in a few words. Never the only place where something important stands. */
  text: string
  /** Keys that do the same, as in lib/keys.ts: "g c". */
  keys?: string
  placement?: 'top' | 'bottom' | 'left' | 'right'
  /** One focusable ui component: Button, IconButton, Link. */
  children: ReactElement
  isOpen?: boolean
  onOpenChange?: (open: boolean) => void
  delay?: number
}

export function Tooltip({ text, keys, placement = 'top', children, delay = 400, ...open }: TooltipProps) {
  return (
    <TooltipTrigger delay={delay} closeDelay={80} {...open}>
      {children}
      <AriaTooltip
        placement={placement}
        offset={6}
        className="z-50 flex max-w-72 items-center gap-2 rounded-control border border-transparent bg-text px-2 py-1 text-12 text-surface shadow-float data-entering:animate-appear"
      >
        {text}
        {keys && <Kbd keys={keys} inverse />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
