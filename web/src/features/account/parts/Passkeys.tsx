import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { addPasskey, removePasskey, renamePasskey, type Factors, type Passkey } from '@/api/account'
import { useMe } from '@/api/me'
import { addressForPasskeys, whyNoPasskeys } from '@/api/passkey-support'
import { formatNear } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { useFactorsChanged } from '../use-factors-changed'
import { useProven } from '../use-proven'
import { NamePasskey } from './NamePasskey'
import { ProofDialog } from './ProofDialog'
import { Row } from './Row'

type Open = { what: 'add' } | { what: 'rename' | 'remove'; passkey: Passkey }

/** One's passkeys, each on a device or a security key. */
export function Passkeys({ factors }: { factors: Factors }) {
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const impossible = whyNoPasskeys()
  const byName = addressForPasskeys()
  const isLast = factors.app === null && factors.passkeys.length === 1
  return (
    <Section
      title="Passkeys"
      flush
      aside={
        impossible === null && (
          <Button size="sm" onPress={() => setOpen({ what: 'add' })}>
            Add a passkey
          </Button>
        )
      }
    >
      {factors.passkeys.length > 0 ? (
        <ul className="divide-y divide-line">
          {factors.passkeys.map((passkey) => (
            <li key={passkey.id}>
              <OnePasskey passkey={passkey} isLast={isLast} onOpen={(what) => setOpen({ what, passkey })} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="px-4 py-3 text-14 text-muted">None yet. A passkey is your device’s own fingerprint, face or PIN, or a security key: it signs you in without a password, and no false page can take it from you.</p>
      )}
      {impossible !== null && (
        <p className="border-t border-line px-4 py-3 text-13 text-muted">
          {impossible}
          {byName !== null && (
            <>
              {' On this computer that is '}
              <Link href={byName}>{byName}</Link>, where you sign in anew.
            </>
          )}
        </p>
      )}
      {open?.what === 'add' && <Add count={factors.passkeys.length} onClose={close} />}
      {open?.what === 'rename' && <Rename passkey={open.passkey} onClose={close} />}
      {open?.what === 'remove' && <Remove passkey={open.passkey} onClose={close} />}
    </Section>
  )
}

function OnePasskey({ passkey, isLast, onOpen }: { passkey: Passkey; isLast: boolean; onOpen: (what: 'rename' | 'remove') => void }) {
  const { timezone } = useMe().practice
  const used = passkey.usedAt ? `last used ${formatNear(passkey.usedAt, timezone)}` : 'not used yet'
  return (
    <Row icon={KeyRound} title={passkey.name} detail={`Added ${formatNear(passkey.addedAt, timezone)}, ${used}.`}>
      <Button variant="quiet" aria-label={`Rename ${passkey.name}`} onPress={() => onOpen('rename')}>
        Rename
      </Button>
      <Button
        variant="quiet"
        aria-label={`Remove ${passkey.name}`}
        disabledReason={isLast ? 'This is your only second factor. Add another first, then remove this one.' : null}
        onPress={() => onOpen('remove')}
      >
        Remove
      </Button>
    </Row>
  )
}

function Add({ count, onClose }: { count: number; onClose: () => void }) {
  const changed = useFactorsChanged()
  const add = useProven(addPasskey, {
    onSuccess: async () => {
      await changed()
      toast({ message: 'Passkey added. You are signed out everywhere else.' })
      onClose()
    },
  })
  return (
    <>
      <NamePasskey title="Add a passkey" open={!add.proof} first={`Passkey ${count + 1}`} action="Make the passkey" busy={add.isPending} error={add.error?.detail} onSubmit={add.run} onClose={onClose}>
        Give it the name of the device it lives on, so that you know which to remove should you lose it.
      </NamePasskey>
      <ProofDialog asked={add.proof} />
    </>
  )
}

function Rename({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const changed = useFactorsChanged()
  const rename = useProven(renamePasskey, {
    onSuccess: async () => {
      await changed()
      onClose()
    },
  })
  return (
    <>
      <NamePasskey title="Rename this passkey" open={!rename.proof} first={passkey.name} action="Save name" busy={rename.isPending} error={rename.error?.detail} onSubmit={(name) => rename.run({ id: passkey.id, name })} onClose={onClose} />
      <ProofDialog asked={rename.proof} />
    </>
  )
}

function Remove({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const changed = useFactorsChanged()
  const remove = useProven(removePasskey, {
    onSuccess: async () => {
      await changed()
      toast({ message: `${passkey.name} removed.` })
      onClose()
    },
  })
  return (
    <>
      <ConfirmDialog title={`Remove ${passkey.name}?`} open={!remove.proof} onClose={onClose} action="Remove passkey" danger busy={remove.isPending} error={remove.error?.detail} onConfirm={() => remove.run(passkey.id)}>
        It stops signing you in at once, and you are signed out everywhere else. The device may go on offering it: delete it there too.
      </ConfirmDialog>
      <ProofDialog asked={remove.proof} />
    </>
  )
}
