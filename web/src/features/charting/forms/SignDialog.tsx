import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState, type FormEvent } from 'react'
import { confirmPassword } from '@/api/auth'
import { ApiError } from '@/api/errors'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatDay, formatTimes } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DescriptionList } from '@/ui/DescriptionList'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import type { Autosave } from '../autosave'
import type { Note } from '../content'
import type { Section } from '../layouts'
import { DiagnosesText, NoteText } from '../parts/NoteText'
import { noteQuery } from '../queries'
import type { SaveState } from '../save-machine'

type Props = { note: Note; autosave: Autosave; state: SaveState; layout: Section[]; outside: Section[]; onClose: () => void }

/** Shows what will be frozen, and asks who is signing. */
export function SignDialog({ note, autosave, state, layout, outside, onClose }: Props) {
  const formId = useId()
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState<string>()
  const sign = useSign(note, autosave)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(password === '' ? 'Enter your password.' : undefined)
    if (password !== '') sign.mutate(password, { onSuccess: onClose, onSettled: () => setPassword('') })
  }
  const wrong = sign.error && isPasswordMatter(sign.error) ? sign.error.detail : undefined
  return (
    <Dialog
      title="Sign this note"
      open
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Go on writing</Button>
          <Button type="submit" form={formId} variant="primary" busy={sign.isPending}>
            Sign note
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-14">Exactly this is frozen when you sign. It can no longer be changed after that, only amended.</p>
        {sign.error && !wrong && <Alert tone="danger">{sign.error.detail}</Alert>}
        <Frozen note={note} state={state} layout={layout} />
        {outside.length > 0 && (
          <Alert tone="warning">
            {outside.map(({ label }) => label).join(', ')}: written in another format and not part of the note. The text stays among the earlier texts.
          </Alert>
        )}
        <form id={formId} onSubmit={submit} noValidate className="sticky -bottom-3 -mx-5 -mb-3 border-t border-line bg-raised px-5 py-3">
          <TextField label="Your password" type="password" name="password" autoComplete="current-password" autoFocus value={password} onChange={setPassword} error={missing ?? wrong} className="max-w-sm" />
        </form>
      </div>
    </Dialog>
  )
}

function Frozen({ note, state: { current }, layout }: { note: Note; state: SaveState; layout: Section[] }) {
  const me = useMe()
  const zone = me.practice.timezone
  const { started_at, ended_at } = current
  const times = started_at && ended_at ? `, ${formatTimes(started_at, ended_at, zone)}` : ''
  return (
    <div role="group" aria-label="What will be frozen" className="flex flex-col gap-4 rounded-control border border-line bg-sunken p-4 text-14">
      <DescriptionList
        items={[
          { term: 'Client', value: note.client_name },
          { term: 'Session', value: `${formatDay(current.service_date, zone)}${times}` },
          { term: 'Format', value: current.note_format },
          { term: 'Diagnoses', value: <DiagnosesText diagnoses={[...current.diagnoses]} /> },
          { term: 'Signed by', value: note.author_name },
        ]}
      />
      <NoteText sections={current.sections} layout={layout} small />
    </div>
  )
}

const isPasswordMatter = (error: ApiError) => error.code === 'incorrect_password' || error.code === 'enter_current_password' || error.code === 'reauthentication_required' || error.fields.password !== undefined

/** Saves what is left, proves the person, signs exactly the version on screen. */
function useSign(note: Note, autosave: Autosave) {
  const queries = useQueryClient()
  const seal = useApiMutation('post', '/api/notes/{note_id}/signature', {
    invalidates: ['/api/notes', '/api/today', '/api/clients/{client_id}/timeline', '/api/appointments'],
    onSuccess: (signed) => queries.setQueryData(noteQuery(note.id).queryKey, signed),
  })
  return useMutation({
    mutationFn: async (password: string) => {
      if (!(await autosave.flush())) throw notSaved
      const { version } = autosave.snapshot()
      await confirmPassword(password)
      await seal.mutateAsync({ params: { path: { note_id: note.id } }, body: { version } })
    },
    onSuccess: () => toast({ message: 'Note signed' }),
    onError: async ({ code }) => {
      if (code === 'note_changed_elsewhere' || code === 'note_already_signed') await queries.invalidateQueries({ queryKey: noteQuery(note.id).queryKey })
    },
  })
}

const notSaved = new ApiError({ code: 'not_saved', status: 0, title: 'Not signed', detail: 'Not signed: your last words are not saved yet. Close this, see what the line beside the note says, and sign again.', fields: {}, data: {} })
