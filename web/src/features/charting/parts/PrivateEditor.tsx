import { Check, CloudOff, LoaderCircle, LockKeyhole, PencilLine } from 'lucide-react'
import { useEffect } from 'react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { today } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { useGoOnWhenSaved, useUnsavedBlocker } from '@/lib/use-unsaved'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { DatePicker } from '@/ui/DatePicker'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { TextArea } from '@/ui/TextArea'
import { usePrivateNote } from '../private-note'
import { NoteHeader } from './NoteHeader'
import { savedAt } from './SaveLine'

type PrivateEditorProps = { id: string; clientId: string; opened: Schema<'PsychotherapyOut'> | null }
type Saving = ReturnType<typeof usePrivateNote>

/** The text and the day it is about: nothing else belongs into a psychotherapy note. */
export function PrivateEditor({ id, clientId, opened }: PrivateEditorProps) {
  const zone = useMe().practice.timezone
  const saving = usePrivateNote({ id, client_id: clientId, today: today(zone) }, opened)
  const { current, write, problem, send } = saving
  return (
    <>
      <NoteHeader note={{ client_id: clientId, client_name: opened?.client_name ?? 'Client' }}>
        <Saved saving={saving} zone={zone} />
      </NoteHeader>
      <div className="mx-auto grid w-full max-w-5xl grid-cols-[minmax(0,1fr)_18rem] items-start gap-8 p-6 max-lg:grid-cols-[minmax(0,1fr)] phone:p-4">
        <div className="flex max-w-[calc(72ch+2rem)] flex-col gap-4">
          <h2 className="flex items-center gap-2 text-16 font-semibold">
            <LockKeyhole aria-hidden className="size-4 text-muted" />
            Psychotherapy note
          </h2>
          <TheirsAlert saving={saving} zone={zone} />
          {problem && (
            <Alert
              tone="danger"
              action={
                <Button size="sm" onPress={send}>
                  Try again
                </Button>
              }
            >
              Not saved: {problem.detail} Your text is kept on this page.
            </Alert>
          )}
          <DatePicker label="About the session of" className="w-48" value={current.about_date} max={today(zone)} onChange={(day) => day && write({ about_date: day })} />
          <TextArea label="Your own thoughts" text="prose" className="[&_textarea]:min-h-96" maxLength={50_000} value={current.text} onChange={(text) => write({ text })} />
        </div>
        <Separation clientId={clientId} />
      </div>
      <LeaveGuard saving={saving} />
    </>
  )
}

function Saved({ saving: { isDirty, isSaving, problem, theirs, stored }, zone }: { saving: Saving; zone: string }) {
  const words = problem || theirs ? 'Not saved' : isSaving ? 'Saving…' : isDirty ? 'Saves when you pause' : stored ? `Saved ${savedAt(stored.updated_at, zone)}, sealed` : 'Nothing written yet'
  const Icon = problem || theirs ? CloudOff : isSaving ? LoaderCircle : isDirty || !stored ? PencilLine : Check
  return (
    <p role="status" className={`flex items-center gap-1.5 text-13 tabular ${problem || theirs ? 'text-danger-text' : 'text-muted'}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {words}
    </p>
  )
}

const elsewhere = ['medication and its monitoring', 'start and stop times', 'kind and frequency of treatment', 'results of tests', 'summaries of diagnosis, functioning, plan, symptoms, prognosis and progress']

/** What the law calls a psychotherapy note, beside the field where one might forget it. 45 CFR 164.501. */
function Separation({ clientId }: { clientId: string }) {
  return (
    <Section title="Kept apart from the chart">
      <div className="flex flex-col gap-3 text-13 text-muted">
        <p>
          Only you can open this note. It is sealed with a key of your own before it is stored: no supervisor, administrator or support person can read it, and it is in no search, export, printout or bill.
        </p>
        <div>
          <p className="font-medium text-text">These belong in the progress note, never only here:</p>
          <ul className="list-disc pt-1 pl-4">
            {elsewhere.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </div>
        <p>
          <Link href={paths.client(clientId)}>Open the chart</Link> to write a progress note. What you overwrite here is gone: there are no earlier versions.
        </p>
      </div>
    </Section>
  )
}

function TheirsAlert({ saving: { theirs, current, settle }, zone }: { saving: Saving; zone: string }) {
  if (!theirs) return null
  const both = [theirs.text, current.text].filter((text) => text.trim() !== '').join('\n\n')
  return (
    <Alert tone="danger" title={`Not saved: you changed this note in another window at ${savedAt(theirs.updated_at, zone)}.`}>
      <p className="max-h-48 overflow-y-auto py-2 break-words whitespace-pre-wrap">{theirs.text}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onPress={() => settle({ text: both, about_date: current.about_date }, theirs)}>
          Keep both texts
        </Button>
        <Button size="sm" onPress={() => settle(current, theirs)}>
          Use what is typed here
        </Button>
        <Button size="sm" onPress={() => settle(theirs, theirs)}>
          Use the other text
        </Button>
      </div>
    </Alert>
  )
}

/** Leaving saves first; only what could not be saved asks. */
function LeaveGuard({ saving: { isDirty, isSaving, problem, theirs, send } }: { saving: Saving }) {
  const blocker = useUnsavedBlocker(() => isDirty)
  const isBlocked = blocker.state === 'blocked'
  const isStuck = problem !== null || theirs !== null
  useGoOnWhenSaved(blocker, isDirty)
  useEffect(() => {
    if (isBlocked && isDirty && !isSaving && !isStuck) send()
  }, [isBlocked, isDirty, isSaving, isStuck, send])
  return (
    <ConfirmDialog title="This note is not saved" open={isBlocked && isStuck} action="Leave without saving" danger keep="Stay with the note" onConfirm={() => blocker.proceed?.()} onClose={() => blocker.reset?.()}>
      If you leave, what you wrote since the last save stays behind.
    </ConfirmDialog>
  )
}
