import type { ReactNode } from 'react'
import { Alert } from './Alert'
import { Button } from './Button'
import { Dialog } from './Dialog'

export type ConfirmDialogProps = {
  title: string
  open: boolean
  onClose: () => void
  /** The consequence, in a sentence. */
  children: ReactNode
  /** Names the deed and the thing: "Cancel 4 sessions". */
  action: string
  onConfirm: () => void
  danger?: boolean
  busy?: boolean
  error?: string | undefined
  keep?: string
}

/** Only for what cannot be undone; everything else happens at once and offers Undo in a toast. */
export function ConfirmDialog({ action, onConfirm, danger = false, busy = false, error, keep = 'Keep as it is', children, ...dialog }: ConfirmDialogProps) {
  return (
    <Dialog
      {...dialog}
      role="alertdialog"
      footer={
        <>
          <Button onPress={dialog.onClose} autoFocus={danger}>
            {keep}
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} busy={busy} onPress={onConfirm} autoFocus={!danger}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <div>{children}</div>
        {error && <Alert tone="danger">{error}</Alert>}
      </div>
    </Dialog>
  )
}
