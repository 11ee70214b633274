import { classes } from '@/lib/classes'
import { alertLook } from '../looks'

/** An alert as everybody must see it: hue, icon, word and the text itself. */
export function AlertBadge({ kind, text, whole = false }: { kind: string; text: string; whole?: boolean }) {
  const { tone, icon: Icon, label } = alertLook(kind)
  return (
    <span
      data-tone={tone}
      className={classes('inline-flex min-w-0 items-start gap-1.5 rounded-control border border-tone-line bg-tone-soft px-2 py-0.5 text-13 text-tone-text', !whole && 'max-w-[34rem]')}
      title={whole ? undefined : text}
    >
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className={classes('min-w-0', whole ? 'break-words' : 'truncate')}>
        <b className="font-semibold">{label}:</b> {text}
      </span>
    </span>
  )
}
