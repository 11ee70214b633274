import { useState } from 'react'
import { useMe } from '@/api/me'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { TextArea } from '@/ui/TextArea'
import type { Autosave } from '../autosave'
import { contentOf, merge, type Clash, type Content, type FieldName, type Note } from '../content'
import { labelOf, type Formats } from '../layouts'
import { clashesOf, type SaveState } from '../save-machine'
import { fieldLabels, fieldWords } from './field-words'
import { savedAt } from './SaveLine'

type Props = { state: SaveState; autosave: Autosave; formats: Formats }

/** Two tabs wrote in the same place: says so, and leads to the choice. */
export function Conflict({ state, autosave, formats }: Props) {
  const [comparing, setComparing] = useState(false)
  const zone = useMe().practice.timezone
  const { theirs } = state
  if (!theirs) return null
  return (
    <>
      <Alert
        tone="danger"
        className="sticky top-36 z-10 phone:top-39"
        action={
          <Button size="sm" onPress={() => setComparing(true)}>
            Compare
          </Button>
        }
      >
        Not saved: another tab changed this note at {savedAt(theirs.updated_at, zone)}. Both versions are kept.
      </Alert>
      {comparing && <CompareDialog theirs={theirs} state={state} autosave={autosave} formats={formats} onClose={() => setComparing(false)} />}
    </>
  )
}

type Choice = { text: string }
const bothTexts = (mine: string, theirs: string) => [mine, theirs].filter((text) => text.trim() !== '').join('\n\n')

function CompareDialog({ theirs, state, autosave, formats, onClose }: Props & { theirs: Note; onClose: () => void }) {
  const zone = useMe().practice.timezone
  const [texts, setTexts] = useState<Record<string, Choice>>({})
  const [sides, setSides] = useState<Partial<Record<FieldName, 'mine' | 'theirs'>>>({})
  const clashes = clashesOf(state)
  const open = clashes.filter((clash) => (clash.kind === 'section' ? texts[clash.key] === undefined : sides[clash.key] === undefined))
  const name = (clash: Clash) => (clash.kind === 'section' ? labelOf(formats, clash.key) : fieldLabels[clash.key])
  const save = async () => {
    const { content } = merge(state.base, state.current, contentOf(theirs))
    const chosen = Object.fromEntries(Object.entries(texts).map(([key, { text }]) => [key, text]))
    const fields = Object.entries(sides).filter(([, side]) => side === 'theirs').map(([key]) => key as FieldName)
    const decided: Content = fields.reduce((now, key) => ({ ...now, [key]: theirs[key] }), { ...content, sections: { ...content.sections, ...chosen } })
    onClose()
    await autosave.resolve(theirs, decided)
  }
  return (
    <Dialog
      title="Two versions of this note"
      open
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Decide later</Button>
          <Button variant="primary" disabledReason={open.length > 0 ? `Choose first for: ${open.map(name).join(', ')}.` : null} onPress={() => void save()}>
            Save this version
          </Button>
        </>
      }
    >
      <p className="pb-4 text-14 text-muted">The other version was saved at {savedAt(theirs.updated_at, zone)}. What only one of them changed is merged already; choose for the rest.</p>
      <div className="flex flex-col gap-6">
        {clashes.map((clash) =>
          clash.kind === 'section' ? (
            <SectionChoice key={clash.key} label={name(clash)} mine={clash.mine} theirs={clash.theirs} choice={texts[clash.key]} onChoose={(text) => setTexts({ ...texts, [clash.key]: { text } })} />
          ) : (
            <FieldChoice
              key={clash.key}
              label={name(clash)}
              mine={fieldWords(clash.key, state.current, zone)}
              theirs={fieldWords(clash.key, contentOf(theirs), zone)}
              side={sides[clash.key]}
              onChoose={(side) => setSides({ ...sides, [clash.key]: side })}
            />
          ),
        )}
      </div>
    </Dialog>
  )
}

function Version({ title, text, onUse, action }: { title: string; text: string; onUse: () => void; action: string }) {
  return (
    <div className="flex min-w-0 flex-col rounded-control border border-line">
      <div className="flex items-center justify-between gap-2 border-b border-line px-3 py-1.5">
        <p className="text-13 font-medium">{title}</p>
        <Button size="sm" onPress={onUse}>
          {action}
        </Button>
      </div>
      <p className="max-h-56 flex-1 overflow-y-auto px-3 py-2 text-14 leading-[1.6] break-words whitespace-pre-wrap">{text === '' ? <span className="text-muted">Empty.</span> : text}</p>
    </div>
  )
}

type SectionChoiceProps = { label: string; mine: string; theirs: string; choice: Choice | undefined; onChoose: (text: string) => void }

function SectionChoice({ label, mine, theirs, choice, onChoose }: SectionChoiceProps) {
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-14 font-semibold">{label}</h3>
        <Button size="sm" onPress={() => onChoose(bothTexts(mine, theirs))}>
          Keep both
        </Button>
      </div>
      <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
        <Version title="Here" text={mine} action="Use mine" onUse={() => onChoose(mine)} />
        <Version title="Saved by the other tab" text={theirs} action="Use theirs" onUse={() => onChoose(theirs)} />
      </div>
      {choice && <TextArea label={`${label}, as it will be saved`} text="prose" rows={4} value={choice.text} onChange={onChoose} maxLength={50_000} />}
    </section>
  )
}

function FieldChoice({ label, mine, theirs, side, onChoose }: { label: string; mine: string; theirs: string; side: 'mine' | 'theirs' | undefined; onChoose: (side: 'mine' | 'theirs') => void }) {
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <h3 className="text-14 font-semibold">{label}</h3>
      <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
        <Version title={side === 'mine' ? 'Here: chosen' : 'Here'} text={mine} action="Use mine" onUse={() => onChoose('mine')} />
        <Version title={side === 'theirs' ? 'Other tab: chosen' : 'Saved by the other tab'} text={theirs} action="Use theirs" onUse={() => onChoose('theirs')} />
      </div>
    </section>
  )
}
