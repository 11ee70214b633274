import { useEffect, useState, useSyncExternalStore } from 'react'
import { http } from '@/api/client'
import { shown } from './answers'
import { Saver, type Saving } from './saver'
import type { Form } from './words'

const transportOf = (form_id: string) => {
  const params = { path: { form_id } }
  return {
    save: async (body: { version: number; answers: Record<string, unknown> }, keepalive: boolean) => {
      const { data } = await http.PUT('/api/forms/{form_id}/answers', { params, body, keepalive })
      const round = (data as Form).rounds[0]
      return { version: round?.version ?? body.version, saved_at: round?.saved_at ?? null }
    },
    submit: async (body: { version: number; answers: Record<string, unknown> }) => {
      const { data } = await http.POST('/api/forms/{form_id}/submission', { params, body })
      return data as Form
    },
  }
}

/** Those with answers that are not saved, by person and round: signing in again leads back to them. In memory only. */
const unsaved = new Map<string, Saver<Form>>()

/** The saver of a form that is being filled, and how it stands. */
export function useSaver(person: string, form: Form): [Saver<Form>, Saving] {
  const round = form.rounds[0]
  const [key] = useState(`${person} ${round?.id ?? ''}`)
  const [saver] = useState(() => unsaved.get(key) ?? new Saver({ answers: round?.answers ?? {}, version: round?.version ?? 1, saved_at: round?.saved_at ?? null }, transportOf(form.id), (answers) => shown(form.definition, answers).map((field) => field.key)))
  const state = useSyncExternalStore(saver.subscribe, saver.snapshot)
  useEffect(() => {
    const stop = saver.start()
    return () => {
      stop()
      if (saver.snapshot().isDirty) unsaved.set(key, saver)
      else unsaved.delete(key)
    }
  }, [saver, key])
  return [saver, state]
}
