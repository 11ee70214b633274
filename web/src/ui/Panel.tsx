import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { IconButton } from './IconButton'

export type PanelProps = { title: string; subtitle?: ReactNode; open: boolean; onClose: () => void; children: ReactNode; footer?: ReactNode }

/** Slides over the right edge for a quick edit, the list staying in view; a phone gives it the whole screen. */
export function Panel({ title, subtitle, open, onClose, children, footer }: PanelProps) {
  return (
    <ModalOverlay isOpen={open} onOpenChange={(next) => !next && onClose()} isDismissable className="fixed inset-0 z-40 bg-scrim/40 data-entering:animate-appear">
      <Modal className="absolute inset-y-0 right-0 w-full max-w-md border-l border-line bg-raised shadow-float data-entering:animate-slide-in phone:max-w-none">
        <Dialog className="flex h-full flex-col outline-none">
          <header className="flex items-center justify-between gap-4 border-b border-line px-5 py-3.5">
            <div className="min-w-0">
              <Heading slot="title" className="text-16 font-semibold">
                {title}
              </Heading>
              {subtitle !== undefined && <div className="mt-0.5 text-13 text-muted">{subtitle}</div>}
            </div>
            <IconButton icon={X} label="Close" keys="escape" size="sm" onPress={onClose} className="-mr-1.5" placement="left" />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer !== undefined && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 phone:pb-[max(0.75rem,env(safe-area-inset-bottom))]">{footer}</footer>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
