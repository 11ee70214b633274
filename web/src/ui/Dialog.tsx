import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { classes } from '@/lib/classes'
import { IconButton } from './IconButton'

export type DialogProps = {
  title: string
  open: boolean
  /** Esc, the close button, a press outside. */
  onClose: () => void
  children: ReactNode
  /** Its buttons, the important one last. */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg'
  /** `alertdialog` interrupts: it is read out at once, has no close button and a press outside does nothing. */
  role?: 'dialog' | 'alertdialog'
}

const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' }

/** Focus goes in when it opens and back to where it was when it closes. */
export function Dialog({ title, open, onClose, children, footer, size = 'sm', role = 'dialog' }: DialogProps) {
  const dismissable = role === 'dialog'
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable={dismissable}
      className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto bg-scrim p-4 pt-[12vh] data-entering:animate-appear phone:items-end phone:p-0 phone:pt-8"
    >
      <Modal className={classes('w-full rounded-panel border border-line bg-raised shadow-float data-entering:animate-rise phone:rounded-b-none phone:pb-[env(safe-area-inset-bottom)]', widths[size])}>
        <AriaDialog role={role} className="flex max-h-[min(44rem,84vh)] flex-col outline-none">
          <header className="flex items-center justify-between gap-4 px-5 pt-4 pb-1">
            <Heading slot="title" className="text-16 font-semibold">
              {title}
            </Heading>
            {dismissable && <IconButton icon={X} label="Close" size="sm" onPress={onClose} className="-mr-1.5" />}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-3">{children}</div>
          {footer !== undefined && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
