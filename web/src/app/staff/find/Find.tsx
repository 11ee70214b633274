import { lazy, Suspense, useEffect } from 'react'
import { Modal, ModalOverlay } from 'react-aria-components'
import { Spinner } from '@/ui/Spinner'

const load = () => import('./Palette')
const Palette = lazy(load)
const SOON_MS = 500

type FindProps = { open: boolean; onClose: () => void; onKeys: () => void }

/** Ctrl-K. The palette is loaded soon after the page stands, so that what one types at once is not lost. */
export function Find({ open, onClose, onKeys }: FindProps) {
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), SOON_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <ModalOverlay isOpen={open} onOpenChange={(next) => !next && onClose()} isDismissable className="fixed inset-0 z-40 flex items-start justify-center bg-scrim px-4 pt-[10vh] data-entering:animate-appear phone:p-0">
      <Modal className="w-full max-w-xl overflow-hidden rounded-panel border border-line bg-raised shadow-float phone:h-dvh phone:max-w-none phone:rounded-none phone:border-0">
        <Suspense fallback={<Spinner label="Loading" className="m-5 text-muted" />}>
          <Palette onClose={onClose} onKeys={onKeys} />
        </Suspense>
      </Modal>
    </ModalOverlay>
  )
}
