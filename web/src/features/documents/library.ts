/** The practice's own papers: what they are called, and how they are asked for. */
import { http } from '@/api/client'
import { invalidate, pagedQuery, query } from '@/api/queries'
import type { Schema } from '@/api/schema'

export type Paper = Schema<'LibraryDocumentOut'>
export type PaperCategory = Paper['category']
export type PaperFilter = { q: string; category: PaperCategory | ''; archived: boolean }

export const paperCategories: Record<PaperCategory, string> = {
  policies: 'Policies',
  consents: 'Consent forms',
  handouts: 'Handouts',
  assessments: 'Assessments',
  treatment: 'Treatment forms',
  administrative: 'Administrative',
}

export const paperCategoryOptions = (Object.keys(paperCategories) as PaperCategory[]).map((id) => ({ id, label: paperCategories[id] }))

export const LIBRARY = '/api/library'

export const libraryQuery = (filter: PaperFilter) => pagedQuery(LIBRARY, { params: { query: filter } })

/** One paper with its versions. */
export const paperQuery = (library_document_id: string) => query('/api/library/{library_document_id}', { params: { path: { library_document_id } } })

export const refreshLibrary = (): Promise<unknown> => invalidate(LIBRARY, '/api/library/{library_document_id}')

/** mentalspace/documents/library/models.py: LibraryDocument "add change" */
export const keepsLibrary = (me: Pick<Schema<'MeOut'>, 'can'>): boolean => me.can.includes('keep_library')

/** As `linkTo`, for a paper. */
export async function linkToPaper(library_document_id: string, show: boolean): Promise<string> {
  const { data } = await http.POST('/api/library/{library_document_id}/link', { params: { path: { library_document_id } }, body: { show } })
  return data?.url ?? ''
}
