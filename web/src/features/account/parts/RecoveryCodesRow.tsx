import { LifeBuoy } from 'lucide-react'
import { useState } from 'react'
import { makeRecoveryCodes, type Factors } from '@/api/account'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Dialog } from '@/ui/Dialog'
import { useFactorsChanged } from '../use-factors-changed'
import { useProven } from '../use-proven'
import { ProofDialog } from './ProofDialog'
import { RecoveryCodes } from './RecoveryCodes'
import { Row } from './Row'

const FEW = 3

/** How many are left; the codes themselves are seen only when they are made. */
export function RecoveryCodesRow({ codes }: { codes: Factors['codes'] }) {
  const [isAsking, setAsking] = useState(false)
  const changed = useFactorsChanged()
  const make = useProven(makeRecoveryCodes, { onSuccess: () => setAsking(false) })
  const done = () => {
    make.reset()
    void changed()
  }
  const left = codes?.left ?? 0
  return (
    <>
      <Row
        icon={LifeBuoy}
        title="Recovery codes"
        detail={`${codes ? `${left} of ${codes.total} left` : 'None'}. ${left < FEW ? 'Make new ones, and keep them in a safe place.' : 'Each stands in for your second factor once, should you lose it.'}`}
      >
        <Button variant={left < FEW ? 'primary' : 'quiet'} onPress={() => setAsking(true)}>
          Make new codes
        </Button>
      </Row>
      <ConfirmDialog title="Make new recovery codes?" open={isAsking && !make.proof} onClose={() => setAsking(false)} action="Make new codes" busy={make.isPending} error={make.error?.detail} onConfirm={() => make.run()}>
        {codes ? 'The codes you have now stop working. ' : ''}You see the new ones once: have a printer, a password manager or a pen at hand.
      </ConfirmDialog>
      <ProofDialog asked={make.proof} />
      {make.data && (
        <Dialog title="Keep these codes" open role="alertdialog" onClose={done}>
          <div className="pb-2">
            <RecoveryCodes codes={make.data} action="Done" onDone={done} />
          </div>
        </Dialog>
      )}
    </>
  )
}
