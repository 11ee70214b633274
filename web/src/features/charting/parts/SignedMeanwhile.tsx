import { useState } from 'react'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { textOf, type Note } from '../content'
import { AmendDialog } from '../forms/AmendDialog'
import { labelOf, type Formats } from '../layouts'
import type { SaveState } from '../save-machine'

type Props = { note: Note; state: SaveState; formats: Formats; /** What waited here is dealt with. */ onSettled: () => void }

/** The note was signed elsewhere while text waited here: it can become an amendment, or be left. */
export function SignedMeanwhile({ note, state, formats, onSettled }: Props) {
  const [amending, setAmending] = useState(false)
  const { base, current } = state
  const changed = Object.keys(current.sections).filter((key) => textOf(current.sections, key) !== textOf(base.sections, key))
  const text = changed.map((key) => `${labelOf(formats, key)}: ${textOf(current.sections, key)}`).join('\n\n')
  return (
    <>
      <Alert
        tone="warning"
        title={state.problem?.detail ?? ''}
        action={
          <span className="flex flex-wrap gap-2">
            {text !== '' && (
              <Button size="sm" onPress={() => setAmending(true)}>
                Make it an amendment
              </Button>
            )}
            <Button size="sm" variant="quiet" onPress={onSettled}>
              Show signed note
            </Button>
          </span>
        }
      />
      {amending && <AmendDialog noteId={note.id} text={text} onAdded={onSettled} onClose={() => setAmending(false)} />}
    </>
  )
}
