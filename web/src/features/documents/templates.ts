/** Texts that documents are made of: what they are called, how they are asked for, and what may stand in them. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { http } from '@/api/client'
import { invalidate, pagedQuery, query } from '@/api/queries'
import type { Schema } from '@/api/schema'

export type Template = Schema<'TemplateOut'>
export type TemplateRow = Schema<'TemplateRow'>
export type Block = Schema<'BlockOut'>
export type Filled = Schema<'FilledOut'>
export type Answers = Readonly<Record<string, string>>

export const templatesQuery = (filter: { q: string; archived: boolean }) => pagedQuery('/api/document-templates', { params: { query: filter } })

export const templateQuery = (template_id: string) => query('/api/document-templates/{template_id}', { params: { path: { template_id } } })

export const refreshTemplates = (): Promise<unknown> => invalidate('/api/document-templates', '/api/document-templates/{template_id}')

/** A text as it would be printed, with examples; the error's `fields.body` says what in it cannot be meant. */
export const previewQuery = (body: string) =>
  queryOptions<readonly Block[]>({
    queryKey: ['template-preview', body],
    queryFn: async ({ signal }) => (await http.POST('/api/document-templates/preview', { body: { body }, signal })).data?.blocks ?? [],
    enabled: body.trim() !== '',
    placeholderData: keepPreviousData,
  })

/** A template filled for a client with what was answered so far. Kept no longer than it is looked at. */
export const fillQuery = (client_id: string, template_id: string, answers: Answers) =>
  queryOptions<Filled>({
    queryKey: ['template-fill', client_id, template_id, answers],
    queryFn: async ({ signal }) => (await http.POST('/api/clients/{client_id}/documents/from-template/preview', { params: { path: { client_id } }, body: { template_id, answers }, signal })).data as Filled,
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: Infinity,
  })

/** What may stand in braces; mentalspace/documents/templates/text.py holds the list. */
export const variables: Record<string, string> = {
  client_name: 'Client’s name',
  client_preferred_name: 'What the client is called',
  client_date_of_birth: 'Client’s date of birth',
  clinician_name: 'Clinician’s name',
  clinician_credentials: 'Clinician’s credentials',
  practice_name: 'Practice’s name',
  practice_address: 'Practice’s address',
  practice_phone: 'Practice’s telephone number',
  date: 'Date',
}

/** What a place is called that has no value yet. */
export const placeName = (slot: string): string => (slot.startsWith('field:') ? slot.slice('field:'.length) : (variables[slot] ?? slot))
