import { useState } from 'react'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { RadioGroup } from '@/ui/RadioGroup'
import type { Scope } from '../undo'

/** The three answers, in words that fit any verb. */
export const scopes: { id: Scope; label: string; detail: string }[] = [
  { id: 'this', label: 'This session only', detail: 'The others stay as they are.' },
  { id: 'following', label: 'This and the following', detail: 'Earlier ones stay as they are.' },
  { id: 'all', label: 'All coming sessions of the series', detail: 'What has a note, is under way or over never changes.' },
]

type ScopeDialogProps = { open: boolean; title: string; /** "Move" */ action: string; /** "Put it back" */ keep: string; onAnswer: (scope: Scope | null) => void }

/** Asked each time a session of a series changes. */
export function ScopeDialog({ open, title, action, keep, onAnswer }: ScopeDialogProps) {
  const [scope, setScope] = useState<Scope>('this')
  const answer = (chosen: Scope | null) => {
    setScope('this')
    onAnswer(chosen)
  }
  return (
    <Dialog
      title={title}
      open={open}
      onClose={() => answer(null)}
      footer={
        <>
          <Button onPress={() => answer(null)}>{keep}</Button>
          <Button variant="primary" onPress={() => answer(scope)}>
            {action}
          </Button>
        </>
      }
    >
      <RadioGroup label="Which sessions are meant?" hideLabel options={scopes} value={scope} onChange={setScope} />
    </Dialog>
  )
}
