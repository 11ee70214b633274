import { useMe } from '@/api/me'
import { keyMap, type KeyGroup } from '@/lib/keys'
import { Dialog } from '@/ui/Dialog'
import { Kbd } from '@/ui/Kbd'
import { areasFor } from './areas'

/** Every key that does something for this person: the doors they have, then what the pages listen to. */
export function KeyMapDialog({ onClose }: { onClose: () => void }) {
  const doors: KeyGroup = { title: 'Go to', bindings: areasFor(useMe()).map(({ keys, label }) => ({ keys, does: label })) }
  return (
    <Dialog title="Keyboard map" open onClose={onClose} size="md">
      <div className="gap-x-10 sm:columns-2">
        {[doors, ...keyMap].map(({ title, bindings }) => (
          <section key={title} aria-label={title} className="break-inside-avoid pb-5">
            <h3 className="pb-1.5 text-12 font-medium text-muted">{title}</h3>
            <dl className="flex flex-col">
              {bindings.map(({ keys, does }) => (
                <div key={keys} className="flex min-h-8 items-center justify-between gap-4 border-b border-line py-1 last:border-0">
                  <dt className="order-2 shrink-0">
                    <Kbd keys={keys} />
                  </dt>
                  <dd className="text-13">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
