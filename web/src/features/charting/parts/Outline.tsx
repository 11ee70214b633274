import { CircleCheck, Circle } from 'lucide-react'
import { classes } from '@/lib/classes'

export type OutlineItem = { key: string; label: string; done: boolean; required: boolean }
export const placeOf = (key: string) => `note-${key}`

/** Goes to a place in the note and puts the caret there. */
export function jumpTo(key: string): void {
  const place = document.getElementById(placeOf(key))
  place?.scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' })
  place?.querySelector<HTMLElement>('textarea, input, [role="spinbutton"], button')?.focus({ preventScroll: true })
}

/** The note's parts with what is filled: at the left of the document, a row of chips on a phone. */
export function Outline({ items }: { items: readonly OutlineItem[] }) {
  return (
    <nav aria-label="Parts of the note" className="sticky top-40 self-start phone:top-23 phone:short:static phone:z-14 phone:-mx-4 phone:overflow-x-auto phone:border-b phone:border-line phone:bg-surface phone:px-4 phone:py-2">
      <ol className="flex flex-col gap-0.5 phone:w-max phone:flex-row phone:gap-1.5">
        {items.map(({ key, label, done, required }) => {
          const Icon = done ? CircleCheck : Circle
          return (
            <li key={key}>
              <button
                type="button"
                onClick={() => jumpTo(key)}
                className="flex min-h-8 w-full items-center gap-2 rounded-control px-2 text-left text-13 hover:bg-hover phone:border phone:border-line phone:whitespace-nowrap coarse:min-h-11"
              >
                <Icon aria-hidden className={classes('size-3.5 shrink-0', done ? 'text-accent-text' : 'text-muted')} />
                <span className="min-w-0 flex-1">{label}</span>
                <span className="sr-only">{done ? 'filled' : required ? 'to fill in' : 'empty'}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
