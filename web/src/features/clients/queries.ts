import { pagedQuery, query, queryClient } from '@/api/queries'
import type { Schema } from '@/api/schema'
import type { ClientFilter } from './filter'
import type { Kind } from './happenings'

type Client = Schema<'ClientOut'>

export const clientsQuery = ({ q, status, mine, favorites }: ClientFilter) =>
  pagedQuery('/api/clients', { params: { query: { q, status: status === 'All' ? '' : status, mine, favorites } } })

export const clientQuery = (client_id: string) => query('/api/clients/{client_id}', { params: { path: { client_id } } })

/** The client's portal, who acts for them, and how their status came about. */
export const authorityQuery = (client_id: string) => query('/api/clients/{client_id}/authority', { params: { path: { client_id } } })

/** A chart's timeline, newest first. No kinds: every kind the person may see. */
export const timelineQuery = (client_id: string, { kinds, q }: { kinds: readonly Kind[]; q: string }) =>
  pagedQuery('/api/clients/{client_id}/timeline', { params: { path: { client_id }, query: { kinds: [...kinds], q } } })

export const measuresQuery = (client_id: string) => query('/api/clients/{client_id}/measures', { params: { path: { client_id } } })
export const notesQuery = (client_id: string) => pagedQuery('/api/notes', { params: { query: { client_id } } })
/** The reader's own, about this client. */
export const psychotherapyQuery = (client_id: string) => pagedQuery('/api/psychotherapy-notes', { params: { query: { client_id } } })
export const staffQuery = () => ({ ...query('/api/staff'), staleTime: 5 * 60_000 })

/** Takes the chart a write answered with, so that it shows without being asked for again. */
export const keepClient = (client: Client): void => {
  queryClient.setQueryData(clientQuery(client.id).queryKey, client)
}

/** Which messages the client agreed to, and where. */
export const consentsQuery = (client_id: string) => query('/api/clients/{client_id}/contact-consents', { params: { path: { client_id } } })
