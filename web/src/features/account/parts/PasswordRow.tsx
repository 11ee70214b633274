import { useMutation } from '@tanstack/react-query'
import { LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import { changePassword } from '@/api/account'
import { useMe } from '@/api/me'
import { invalidate } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatNear } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { toast } from '@/ui/toast-queue'
import { ChoosePassword } from '../forms/ChoosePassword'
import { Row } from './Row'

export function PasswordRow({ account }: { account: Schema<'AccountOut'> }) {
  const { timezone } = useMe().practice
  const [isOpen, setOpen] = useState(false)
  const { password_changed_at: changed, password_expires_at: expires } = account
  const detail = [changed ? `Changed ${formatNear(changed, timezone)}` : 'As it was first set', expires && `to be changed by ${formatNear(expires, timezone)}`].filter(Boolean).join(', ')
  return (
    <>
      <Row icon={LockKeyhole} title="Password" detail={`${detail}.`}>
        <Button onPress={() => setOpen(true)}>Change password</Button>
      </Row>
      {isOpen && <ChangeDialog email={account.email} onClose={() => setOpen(false)} />}
    </>
  )
}

function ChangeDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: async () => {
      await invalidate('/api/account', '/api/account/sessions', '/api/account/devices')
      toast({ message: 'Password changed. You are signed out everywhere else.' })
      onClose()
    },
  })
  return (
    <Dialog title="Change your password" open onClose={onClose}>
      <div className="flex flex-col gap-4 pb-2">
        <p className="text-14 text-muted">You stay signed in here, and are signed out everywhere else. No browser is trusted any more.</p>
        <ChoosePassword email={email} asksCurrent action="Change password" busy={change.isPending} error={change.error} onSubmit={(chosen) => change.mutate(chosen)} />
      </div>
    </Dialog>
  )
}
