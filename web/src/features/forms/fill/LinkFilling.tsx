import { Send } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { today } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { progress, shown } from '../answers'
import { Questions } from '../parts/Questions'
import { SavedLine } from '../parts/SavedLine'
import { FilesContext } from '../files'
import { Saver, type Saving } from '../saver'
import { useFiles } from '../use-files'
import { BirthForm } from './BirthForm'
import { ByLinkTransport, type ByLink, type ToFill } from './link'

type LinkFillingProps = { token: string; form: ToFill; proof: string; onDone: (form: ByLink) => void }

/** The questions, saved as one goes along; sent in once those that must be are answered. */
export function LinkFilling({ token, form, proof, onDone }: LinkFillingProps) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const questions = useRef<HTMLDivElement>(null)
  const [transport] = useState(() => new ByLinkTransport(token, proof))
  const [saver] = useState(() => new Saver(form, transport, (answers) => shown(form.definition, answers).map(({ key }) => key)))
  const state = useSyncExternalStore(saver.subscribe, saver.snapshot)
  const [sending, setSending] = useState(false)
  const [files, coming] = useFiles(form, transport.sendFile, saver.refused)
  useEffect(() => saver.start(), [saver])
  useWarningBeforeLeaving(state, coming)
  const send = async () => {
    setSending(true)
    const sent = await saver.submit()
    setSending(false)
    if (sent) return onDone(sent)
    const [first] = form.definition.fields.filter(({ key }) => key in saver.snapshot().fields)
    if (first) questions.current?.querySelector<HTMLElement>(`#question-${first.key} :is(input, textarea, [role="spinbutton"])`)?.focus()
  }
  const goOn = (found: { proof: string }) => {
    transport.renew(found.proof)
    saver.unlock()
  }
  const { practice, phone, title } = form
  return (
    <>
      <Head form={form} />
      {state.problem === 'locked' && <BirthForm token={token} title="Are you still there?" level={2} onOpened={goOn} />}
      {state.problem === 'closed' && <Closed state={state} onShow={(status) => onDone({ practice, phone, title, status })} />}
      <div ref={questions}>
        <FilesContext.Provider value={files}>
          <Questions definition={form.definition} answers={state.answers} errors={state.fields} conflicts={state.conflicts} today={today(zone)} onAnswer={saver.answer} onResolve={saver.resolve} />
        </FilesContext.Provider>
      </div>
      {Object.keys(state.fields).length > 0 && <Alert tone="danger">{state.detail || 'Look at the marked questions.'}</Alert>}
      <Foot form={form} state={state} zone={zone} sending={sending} coming={coming} onSend={() => void send()} />
    </>
  )
}

function Head({ form: { practice, title, note, instructions, packet } }: { form: ToFill }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <header>
        <p className="text-13 text-muted tabular">
          {practice}
          {packet && packet.total > 1 && ` · ${packet.title}, form ${packet.place} of ${packet.total}`}
        </p>
        <h1 ref={heading} tabIndex={-1} className="text-24 font-semibold tracking-tight outline-none">
          {title}
        </h1>
      </header>
      {note && (
        <Alert tone="warning" title="The practice asks for changes">
          {note}
        </Alert>
      )}
      {instructions && <Alert>{instructions}</Alert>}
    </>
  )
}

type Stands = ByLink['status']

function Closed({ state: { stands, detail }, onShow }: { state: Saving; onShow: (status: Stands) => void }) {
  if (stands === null) return <Alert tone="warning">{detail}</Alert>
  const action = (
    <Button size="sm" onPress={() => onShow(stands as Stands)}>
      Show it as it is now
    </Button>
  )
  return (
    <Alert tone="warning" title={stands === 'submitted' ? 'This form has already arrived' : 'This form takes nothing more'} action={action}>
      What you typed since then stays on this page until you leave it, and reaches nobody.
    </Alert>
  )
}

type FootProps = { form: ToFill; state: Saving; zone: string; sending: boolean; /** Files on their way. */ coming: number; onSend: () => void }

function Foot({ form, state, zone, sending, coming, onSend }: FootProps) {
  const { done, total } = progress(form.definition, state.answers)
  const reason = state.problem === 'closed' ? 'This form is closed.' : state.problem === 'locked' ? 'Enter the date of birth above first.' : state.problem === 'conflict' ? 'Choose between the two answers first.' : coming > 0 ? 'A file is still on its way.' : null
  return (
    <footer className="sticky bottom-0 flex flex-col gap-2 border-t border-line bg-surface py-3 short:static">
      {total > 0 && <progress aria-label="Questions that need an answer" max={total} value={done} className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent" />}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          {total > 0 && (
            <p className="text-13 tabular">
              {done} of {total} that need an answer
            </p>
          )}
          <SavedLine state={state} zone={zone} />
        </div>
        <Button variant="primary" icon={Send} busy={sending} disabledReason={reason} onPress={onSend}>
          Send form
        </Button>
      </div>
    </footer>
  )
}

/** A browser asks before it leaves a page with answers that could not be saved, or whose save must wait for another, and while files are on their way. */
function useWarningBeforeLeaving({ isDirty, isSaving, problem }: Saving, coming: number): void {
  const isAtRisk = coming > 0 || (isDirty && (isSaving || problem !== null))
  useEffect(() => {
    if (!isAtRisk) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    globalThis.addEventListener('beforeunload', warn)
    return () => globalThis.removeEventListener('beforeunload', warn)
  }, [isAtRisk])
}
