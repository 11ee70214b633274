import { useSuspenseQuery } from '@tanstack/react-query'
import { BookOpen, History, PenLine } from 'lucide-react'
import { useCallback, useState, type KeyboardEvent } from 'react'
import { useMe } from '@/api/me'
import { useKeys } from '@/lib/use-keys'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Panel } from '@/ui/Panel'
import { missingItems, whyNotSign } from '../can'
import { isBlank, textOf, type Content, type Note } from '../content'
import { SignDialog } from '../forms/SignDialog'
import { besides, layoutOf } from '../layouts'
import { noteFormatsQuery } from '../queries'
import { useAutosave } from '../use-autosave'
import { useLeaving } from '../use-leaving'
import { Conflict } from './Conflict'
import { ContextRail } from './ContextRail'
import { DiagnosesField } from './DiagnosesField'
import { LeaveDialog } from './LeaveDialog'
import { MissingList } from './MissingList'
import { NoteHeader } from './NoteHeader'
import { jumpTo, Outline } from './Outline'
import { SaveLine } from './SaveLine'
import { SectionField } from './SectionField'
import { SessionFacts } from './SessionFacts'
import { SignedMeanwhile } from './SignedMeanwhile'
import { VersionsDialog } from './VersionsDialog'

/** A draft, with its author at work on it. */
export function NoteEditor({ note, onSettled }: { note: Note; /** The text that waited here was dealt with. */ onSettled: () => void }) {
  const me = useMe()
  const zone = me.practice.timezone
  const { data: formats } = useSuspenseQuery(noteFormatsQuery())
  const [autosave, state] = useAutosave(me.id, note)
  const leaving = useLeaving(autosave, state)
  const [dialog, setDialog] = useState<'sign' | 'versions' | 'context'>()
  const close = () => setDialog(undefined)
  const { current } = state
  const layout = layoutOf(formats, current.note_format)
  const outside = useOutside(formats, current)
  const missing = missingItems(current, layout)
  const refusal = whyNotSign(note, missing, state.theirs !== null)
  const change = useCallback((step: (content: Content) => Content) => autosave.edit(step), [autosave])
  const write = (key: string) => (text: string) => change((now) => ({ ...now, sections: { ...now.sections, [key]: text } }))
  const save = () => void autosave.flush()
  const saveOnBlur = () => state.problem === null && save()
  useKeys({ 'mod+s': save, 'mod+enter': () => (refusal === null ? setDialog('sign') : missing[0] && jumpTo(missing[0].section_key)) })

  const keys = [...layout, ...outside].map(({ key }) => key)
  const step = (key: string) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    const next = keys[keys.indexOf(key) + (event.key === 'ArrowDown' ? 1 : -1)]
    event.preventDefault()
    if (next) jumpTo(next)
  }
  const parts = [
    { key: 'service_date', label: 'Session', done: current.started_at !== null && current.ended_at !== null, required: false },
    { key: 'diagnoses', label: 'Diagnoses', done: current.diagnoses.length > 0, required: true },
    ...[...layout, ...outside].map(({ key, label, required }) => ({ key, label, required, done: !isBlank(textOf(current.sections, key)) })),
  ]
  return (
    <>
      <NoteHeader note={note}>
        <div className="flex flex-wrap items-center gap-2">
          <SaveLine state={state} zone={zone} onRetry={save} />
          <IconButton icon={BookOpen} label="Last note and chart" className="xl:hidden" onPress={() => setDialog('context')} placement="bottom" />
          <IconButton icon={History} label="Earlier texts" onPress={() => setDialog('versions')} placement="bottom" />
          {missing[0] && (
            <Button size="sm" variant="quiet" onPress={() => jumpTo(missing[0]?.section_key ?? '')}>
              {missing.length} to fill in
            </Button>
          )}
          <Button variant="primary" icon={PenLine} disabledReason={refusal} className="phone:hidden" onPress={() => setDialog('sign')}>
            Sign…
          </Button>
        </div>
      </NoteHeader>
      <div className="mx-auto grid w-full max-w-7xl grid-cols-[9.5rem_minmax(0,1fr)_20rem] gap-8 px-6 py-6 max-xl:grid-cols-[9.5rem_minmax(0,1fr)] phone:block phone:px-4 phone:pt-0 phone:pb-32">
        <Outline items={parts} />
        <div className="mx-auto flex w-full max-w-[calc(72ch+2rem)] flex-col gap-5 phone:pt-4">
          <Conflict state={state} autosave={autosave} formats={formats} />
          {state.problem?.kind === 'signed' && <SignedMeanwhile note={note} state={state} formats={formats} onSettled={onSettled} />}
          {state.tookTheirs && (
            <Alert
              action={
                <Button size="sm" variant="quiet" onPress={autosave.dismiss}>
                  Hide
                </Button>
              }
            >
              Merged with changes made elsewhere
            </Alert>
          )}
          <SessionFacts content={current} formats={formats} zone={zone} onChange={change} />
          <DiagnosesField diagnoses={current.diagnoses} onChange={(diagnoses) => change((now) => ({ ...now, diagnoses }))} />
          {layout.map((section) => (
            <SectionField key={section.key} section={section} text={textOf(current.sections, section.key)} onChange={write(section.key)} onBlur={saveOnBlur} onKeyDown={step(section.key)} />
          ))}
          {outside.map((section) => (
            <SectionField key={section.key} aside section={section} text={textOf(current.sections, section.key)} onChange={write(section.key)} onBlur={saveOnBlur} onKeyDown={step(section.key)} />
          ))}
          <div className="flex flex-wrap items-start justify-between gap-4 border-t border-line pt-4">
            <MissingList missing={missing} />
            <Button variant="primary" icon={PenLine} disabledReason={refusal} className="ml-auto" onPress={() => setDialog('sign')}>
              Sign…
            </Button>
          </div>
        </div>
        <aside aria-label="Context" className="max-xl:hidden">
          <ContextRail note={note} />
        </aside>
      </div>
      <Panel title="Last note and chart" open={dialog === 'context'} onClose={close}>
        <ContextRail note={note} />
      </Panel>
      {dialog === 'sign' && <SignDialog note={note} autosave={autosave} state={state} layout={layout} outside={outside} onClose={close} />}
      {dialog === 'versions' && <VersionsDialog noteId={note.id} formats={formats} current={current.sections} onRestore={(key, text) => write(key)(text)} onClose={close} />}
      <LeaveDialog {...leaving} state={state} />
    </>
  )
}

/** Texts of other formats, kept on screen while they are being emptied, so that the field does not go from under the hands. */
function useOutside(formats: Parameters<typeof besides>[0], { note_format, sections }: Content) {
  const found = besides(formats, note_format, sections)
  const [shown, setShown] = useState({ format: note_format, keys: found.map(({ key }) => key) })
  const keys = shown.format === note_format ? [...new Set([...shown.keys, ...found.map(({ key }) => key)])] : found.map(({ key }) => key)
  if (shown.format !== note_format || keys.length !== shown.keys.length) setShown({ format: note_format, keys })
  const all = new Map(formats.flatMap((one) => one.sections).map((section) => [section.key, section]))
  return keys.flatMap((key) => all.get(key) ?? [])
}
