import { Send } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useMe } from '@/api/me'
import { today } from '@/lib/dates'
import { useAskBeforeUnload, useGoOnWhenSaved, useUnsavedBlocker } from '@/lib/use-unsaved'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { progress } from '../answers'
import { FilesContext } from '../files'
import { sendToForm, useFiles } from '../use-files'
import { useSaver } from '../use-saver'
import { isFillable, type Form } from '../words'
import { Questions } from './Questions'
import { SavedLine } from './SavedLine'

/** A form as it is filled together with the client: saved when one pauses, and sent in when what must be answered is. */
export function Filling({ form, onSent, onLeave }: { form: Form; onSent: (form: Form) => void; /** Look at it as it is now instead. */ onLeave: () => void }) {
  const me = useMe()
  const zone = me.practice.timezone
  const [saver, state] = useSaver(me.id, form)
  const [sending, setSending] = useState(false)
  const [sendFile] = useState(() => sendToForm(form.id))
  const [files, coming] = useFiles(form, sendFile, saver.refused)
  const questions = useRef<HTMLDivElement>(null)
  const blocker = useUnsavedBlocker(() => saver.snapshot().isDirty || coming > 0)
  const isBlocked = blocker.state === 'blocked'
  const { isDirty, problem } = state
  useEffect(() => {
    if (isBlocked) void saver.flush()
  }, [isBlocked, saver])
  useGoOnWhenSaved(blocker, isDirty || coming > 0)
  useAskBeforeUnload(coming > 0)
  const { done, total } = progress(form.definition, state.answers)
  const send = async () => {
    setSending(true)
    const sent = await saver.submit()
    setSending(false)
    if (sent) return onSent(sent)
    const [first] = form.definition.fields.filter(({ key }) => key in saver.snapshot().fields)
    if (first) questions.current?.querySelector<HTMLElement>(`#question-${first.key} :is(input, textarea, [role="spinbutton"])`)?.focus()
  }
  const before = form.rounds[1]
  const isClosed = problem === 'closed' || !isFillable(form)
  return (
    <div className="flex flex-col gap-5">
      {form.status === 'returned' && before && (
        <Alert tone="warning" title="Changes were asked for">
          {before.review_note}
        </Alert>
      )}
      {form.instructions && <Alert>{form.instructions}</Alert>}
      {isClosed && (
        <Alert
          tone="warning"
          title="This form was sent, or taken back, in the meantime"
          action={
            <Button size="sm" onPress={onLeave}>
              Show it as it is now
            </Button>
          }
        >
          Nothing more can be entered. What you typed since stays on this page until you leave it.
        </Alert>
      )}
      <div ref={questions}>
        <FilesContext.Provider value={files}>
          <Questions definition={form.definition} answers={state.answers} errors={state.fields} conflicts={state.conflicts} today={today(zone)} onAnswer={saver.answer} onResolve={saver.resolve} />
        </FilesContext.Provider>
      </div>
      {Object.keys(state.fields).length > 0 && <Alert tone="danger">{state.detail || 'Look at the marked questions.'}</Alert>}
      <div className="sticky bottom-0 flex flex-wrap items-center justify-between gap-3 border-t border-line bg-surface py-3 phone:static">
        <div className="flex min-w-0 flex-col gap-0.5">
          {total > 0 && (
            <p className="text-13 tabular">
              {done} of {total} that need an answer
            </p>
          )}
          <SavedLine state={state} zone={zone} />
        </div>
        <Button variant="primary" icon={Send} busy={sending} disabledReason={isClosed ? 'This form is closed.' : coming > 0 ? 'A file is still on its way.' : problem === 'conflict' ? 'Choose between the two answers first.' : null} onPress={() => void send()}>
          Send form
        </Button>
      </div>
      <ConfirmDialog title="Leave without saving?" open={isBlocked && (coming > 0 || (isDirty && problem !== null))} onClose={() => blocker.state === 'blocked' && blocker.reset()} action="Leave" danger onConfirm={() => blocker.state === 'blocked' && blocker.proceed()}>
        {coming > 0 ? 'A file is still on its way and would be lost.' : 'What was entered last could not be saved and would be lost.'}
      </ConfirmDialog>
    </div>
  )
}
