import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { http } from '@/api/client'
import { Autosave, forgetAutosave, hasUnsaved, keepAutosave, keptAutosave } from './autosave'
import type { Note } from './content'
import { noteQuery } from './queries'
import type { SaveState } from './save-machine'

const transportOf = (note_id: string) => {
  const params = { path: { note_id } }
  return {
    put: async (body: Parameters<ConstructorParameters<typeof Autosave>[1]['put']>[0], { keepalive }: { keepalive: boolean }) => {
      const { data } = await http.PUT('/api/notes/{note_id}/draft', { params, body, keepalive })
      return data as Note
    },
    get: async () => {
      const { data } = await http.GET('/api/notes/{note_id}', { params })
      return data as Note
    },
  }
}

/** The saving editor of a note: the one with unsaved text that this tab still has, else a new one. */
export function useAutosave(person: string, note: Note): [Autosave, SaveState] {
  const queries = useQueryClient()
  const [autosave] = useState(() => {
    const found = keptAutosave(person, note.id)
    const opened = found ?? new Autosave(note, transportOf(note.id), (stored) => queries.setQueryData(noteQuery(note.id).queryKey, stored))
    keepAutosave(person, note.id, opened)
    return opened
  })
  const state = useSyncExternalStore(autosave.subscribe, autosave.snapshot)
  useEffect(() => {
    const stop = autosave.start()
    return () => {
      stop()
      if (!hasUnsaved(person, note.id)) forgetAutosave(person, note.id)
    }
  }, [autosave, person, note.id])
  useEffect(() => autosave.meet(note), [autosave, note])
  return [autosave, state]
}
