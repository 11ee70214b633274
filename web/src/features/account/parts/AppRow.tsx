import { Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { addApp, removeApp, type Factors } from '@/api/account'
import { useMe } from '@/api/me'
import { formatNear } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Dialog } from '@/ui/Dialog'
import { toast } from '@/ui/toast-queue'
import { useFactorsChanged } from '../use-factors-changed'
import { useProven } from '../use-proven'
import { ProofDialog } from './ProofDialog'
import { Row } from './Row'
import { ScanApp } from './ScanApp'

/** The authenticator app: one, on one phone. */
export function AppRow({ factors }: { factors: Factors }) {
  const { timezone } = useMe().practice
  const [open, setOpen] = useState<'add' | 'remove'>()
  const { app } = factors
  const used = app?.usedAt ? `last used ${formatNear(app.usedAt, timezone)}` : 'not used yet'
  return (
    <>
      {app ? (
        <Row icon={Smartphone} title="Authenticator app" detail={`Set up ${formatNear(app.addedAt, timezone)}, ${used}.`}>
          <Button variant="quiet" onPress={() => setOpen('remove')}>
            {factors.passkeys.length > 0 ? 'Remove' : 'Move to another phone'}
          </Button>
        </Row>
      ) : (
        <Row icon={Smartphone} title="Authenticator app" detail="Not set up. Six digits from an app on your phone, new every 30 seconds.">
          <Button onPress={() => setOpen('add')}>Set up app</Button>
        </Row>
      )}
      {open === 'add' && <AddDialog onClose={() => setOpen(undefined)} />}
      {open === 'remove' && <RemoveDialog isLast={factors.passkeys.length === 0} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const changed = useFactorsChanged()
  const add = useProven(addApp, {
    onSuccess: async () => {
      await changed()
      toast({ message: 'Authenticator app set up. You are signed out everywhere else.' })
      onClose()
    },
  })
  return (
    <>
      <Dialog title="Set up your authenticator app" open={!add.proof} onClose={onClose}>
        <div className="pb-2">
          <ScanApp adding={add} action="Turn on" />
        </div>
      </Dialog>
      <ProofDialog asked={add.proof} />
    </>
  )
}

/** Without another factor the product closes until one is set up, which is where this leads then. */
function RemoveDialog({ isLast, onClose }: { isLast: boolean; onClose: () => void }) {
  const changed = useFactorsChanged()
  const navigate = useNavigate()
  const remove = useProven(removeApp, {
    onSuccess: async () => {
      if (isLast) return void navigate(paths.enrol(), { state: { from: paths.account() } })
      await changed()
      toast({ message: 'Authenticator app removed.' })
      onClose()
    },
  })
  return (
    <>
      <ConfirmDialog
        title={isLast ? 'Move the app to another phone?' : 'Remove the authenticator app?'}
        open={!remove.proof}
        onClose={onClose}
        action={isLast ? 'Stop these codes and set up anew' : 'Remove authenticator app'}
        danger
        busy={remove.isPending}
        error={remove.error?.detail}
        onConfirm={() => remove.run()}
      >
        {isLast
          ? 'The codes you have now stop working at once, and you are signed out everywhere else. The next page sets up the app on the other phone; have it at hand.'
          : 'Its codes stop working at once, and you are signed out everywhere else. Your passkeys still sign you in.'}
      </ConfirmDialog>
      <ProofDialog asked={remove.proof} />
    </>
  )
}
