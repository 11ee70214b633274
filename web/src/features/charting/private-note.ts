/**
 * Saving a psychotherapy note: two seconds after typing stops, and before its page is left. What is typed is in this tab's
 * memory and in the sealed note, nowhere else.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { http } from '@/api/client'
import { asApiError, type ApiError } from '@/api/errors'
import { invalidate } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { useAskBeforeUnload } from '@/lib/use-unsaved'
import { psychotherapyNoteQuery } from './queries'

type Note = Schema<'PsychotherapyOut'>
export type PrivateText = { text: string; about_date: string }
export type Theirs = PrivateText & { version: number; updated_at: string }

const PAUSE_MS = 2_000
const RETRY_MS = 8_000

/** The text that a refusal of `psychotherapy_note_changed` brings along. */
function theirsIn({ code, data }: ApiError): Theirs | null {
  const { text, about_date, version, updated_at } = data
  if (code !== 'psychotherapy_note_changed' || typeof text !== 'string' || typeof about_date !== 'string' || typeof version !== 'number' || typeof updated_at !== 'string') return null
  return { text, about_date, version, updated_at }
}

export function usePrivateNote(begun: { id: string; client_id: string; today: string }, opened: Note | null) {
  const queries = useQueryClient()
  const [current, setCurrent] = useState<PrivateText>(opened ?? { text: '', about_date: begun.today })
  const [stored, setStored] = useState<Theirs | null>(opened)
  const [theirs, setTheirs] = useState<Theirs | null>(null)
  const save = useMutation({
    mutationFn: async ({ text, about_date, version }: PrivateText & { version: number | null }): Promise<Note> => {
      const params = { path: { psychotherapy_id: begun.id } }
      const body = { text, about_date }
      const answer = version === null ? await http.POST('/api/psychotherapy-notes', { body: { ...body, id: begun.id, client_id: begun.client_id } }) : await http.PUT('/api/psychotherapy-notes/{psychotherapy_id}', { params, body: { ...body, version } })
      return answer.data as Note
    },
    onSuccess: async (note) => {
      setStored(note)
      queries.setQueryData(psychotherapyNoteQuery(note.id).queryKey, note)
      await invalidate('/api/psychotherapy-notes')
    },
    onError: (thrown) => setTheirs(theirsIn(asApiError(thrown))),
  })
  const isDirty = current.text.trim() !== '' && (stored?.text !== current.text || stored.about_date !== current.about_date)
  const { mutate, isPending, error } = save
  const send = () => mutate({ ...current, version: stored?.version ?? null })
  const maySend = isDirty && !isPending && theirs === null
  useEffect(() => {
    if (!maySend) return
    const timer = setTimeout(() => mutate({ ...current, version: stored?.version ?? null }), error ? RETRY_MS : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [maySend, mutate, current, stored, error])
  useAskBeforeUnload(isDirty)
  const settle = (decided: PrivateText, over: Theirs) => {
    setStored(over)
    setTheirs(null)
    setCurrent(decided)
  }
  return { current, stored, theirs, isDirty, isSaving: isPending, problem: theirs ? null : error, write: (change: Partial<PrivateText>) => setCurrent((before) => ({ ...before, ...change })), send, settle }
}
