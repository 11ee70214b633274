import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { confirmCode, type Proof } from '@/api/account'
import { confirmPassword } from '@/api/auth'
import { canUsePasskeys } from '@/api/passkey-support'
import { confirmByPasskey } from '@/api/passkeys'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { PasswordField } from '@/ui/PasswordField'
import { OneFieldForm } from '../forms/OneFieldForm'
import type { ProofAsked } from '../use-proven'
import { CodeField } from './CodeField'

const names: Record<Proof, string> = { password: 'Use your password', passkey: 'Use a passkey', code: 'Use a code' }

/** Asks again who one is, before how one signs in is changed. Good for two minutes. */
export function ProofDialog({ asked }: { asked: ProofAsked | undefined }) {
  return asked ? <Open {...asked} /> : null
}

function Open({ ways: offered, onProven, onClose }: ProofAsked) {
  const ways = offered.filter((way) => way !== 'passkey' || canUsePasskeys())
  const [way, setWay] = useState<Proof>(ways[0] ?? 'password')
  const password = useMutation({ mutationFn: confirmPassword, onSuccess: onProven })
  const code = useMutation({ mutationFn: confirmCode, onSuccess: onProven })
  const passkey = useMutation({ mutationFn: confirmByPasskey, onSuccess: onProven })
  return (
    <Dialog title="Is it you?" open onClose={onClose}>
      <div className="flex flex-col gap-4 pb-2">
        <p className="text-14 text-muted">Before how you sign in is changed, prove once more who you are.</p>
        {way === 'password' && (
          <OneFieldForm action="Continue" missing="Enter your password." mutation={password} field={(bound) => <PasswordField label="Password" name="password" autoComplete="current-password" autoFocus {...bound} />} />
        )}
        {way === 'code' && <OneFieldForm action="Continue" missing="Enter a code." mutation={code} field={(bound) => <CodeField hint="Six digits from your authenticator app, or a recovery code." autoFocus {...bound} />} />}
        {way === 'passkey' && (
          <>
            {passkey.error && <Alert tone="danger">{passkey.error.detail}</Alert>}
            <Button icon={KeyRound} variant="primary" size="lg" autoFocus busy={passkey.isPending} onPress={() => passkey.mutate()}>
              Use your passkey
            </Button>
          </>
        )}
        <div className="flex flex-wrap justify-end border-t border-line pt-2">
          {ways
            .filter((other) => other !== way)
            .map((other) => (
              <Button key={other} variant="quiet" size="sm" className="text-accent-text" onPress={() => setWay(other)}>
                {names[other]}
              </Button>
            ))}
        </div>
      </div>
    </Dialog>
  )
}
