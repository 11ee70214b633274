import type { ReactNode } from 'react'
import type { ApiError } from '@/api/errors'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import type { Incident } from '../incident-words'
import { reload } from './incident-change'

type ChangeDialogProps = { title: string; incident: Incident; error: ApiError | null; busy: boolean; missing?: string | null; action?: string; onSave: () => void; onClose: () => void; children: ReactNode }

/** A change of an incident: what was typed stays where somebody else was quicker. */
export function ChangeDialog({ title, incident, error, busy, missing = null, action = 'Save', onSave, onClose, children }: ChangeDialogProps) {
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabledReason={missing} onPress={onSave}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error && (
          <Alert tone="danger">
            {error.detail}{' '}
            {error.code === 'changed_elsewhere' && (
              <Button size="sm" onPress={() => reload(incident)}>
                Reload, keep what I wrote
              </Button>
            )}
          </Alert>
        )}
        {children}
      </div>
    </Dialog>
  )
}
