import { query } from '@/api/queries'

export const noteQuery = (note_id: string) => query('/api/notes/{note_id}', { params: { path: { note_id } } })
export const noteFormatsQuery = () => ({ ...query('/api/note-formats'), staleTime: Infinity })
export const noteVersionsQuery = (note_id: string) => query('/api/notes/{note_id}/versions', { params: { path: { note_id } } })
/** The client's signed notes, the latest service first. */
export const signedNotesQuery = (client_id: string) => query('/api/notes', { params: { query: { client_id, state: 'signed' } } })
export const psychotherapyNoteQuery = (psychotherapy_id: string) => query('/api/psychotherapy-notes/{psychotherapy_id}', { params: { path: { psychotherapy_id } } })
export const clientQuery = (client_id: string) => query('/api/clients/{client_id}', { params: { path: { client_id } } })
export const measuresQuery = (client_id: string) => query('/api/clients/{client_id}/measures', { params: { path: { client_id } } })
