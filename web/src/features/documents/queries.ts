import { invalidate, pagedQuery, query } from '@/api/queries'
import { http } from '@/api/client'
import type { Category } from './words'

export type Filter = { q: string; category: Category | ''; archived: boolean }

/** A chart's documents, the newest first, each in its latest version. */
export const documentsQuery = (client_id: string, filter: Filter) =>
  pagedQuery('/api/clients/{client_id}/documents', { params: { path: { client_id }, query: filter } })

/** One document with its versions. */
export const documentQuery = (document_id: string) => query('/api/documents/{document_id}', { params: { path: { document_id } } })

export const refreshDocuments = (): Promise<unknown> => invalidate('/api/clients/{client_id}/documents', '/api/documents/{document_id}')

/** An address of the file, good for a minute, for this person in this session. Asked for at the moment it is used. */
export async function linkTo(document_id: string, show: boolean): Promise<string> {
  const { data } = await http.POST('/api/documents/{document_id}/link', { params: { path: { document_id } }, body: { show } })
  return data?.url ?? ''
}
