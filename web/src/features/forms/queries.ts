import { pagedQuery, query } from '@/api/queries'
import type { TemplateRow } from './words'

/** The practice's forms by title; without a stage, drafts and what is published. */
export const templatesQuery = (status: TemplateRow['status'] | '') => pagedQuery('/api/form-templates', { params: { query: { status } } })
export const templateQuery = (form_template_id: string) => query('/api/form-templates/{form_template_id}', { params: { path: { form_template_id } } })

/** The practice's packets by title. */
export const packetsQuery = (retired: boolean) => pagedQuery('/api/form-packets', { params: { query: { retired } } })

/** The forms a client was given, the newest first. */
export const clientFormsQuery = (client_id: string, in_error = false) => pagedQuery('/api/clients/{client_id}/forms', { params: { path: { client_id }, query: { in_error } } })
/** Forms that wait for a review, those that wait longest first. */
export const toReviewQuery = () => pagedQuery('/api/forms')
export const formQuery = (form_id: string) => query('/api/forms/{form_id}', { params: { path: { form_id } } })
/** What a client agreed to, how each kind stands, and what can be recorded. */
export const consentsQuery = (client_id: string) => query('/api/clients/{client_id}/consents', { params: { path: { client_id } } })
/** The same with who could sign on this day. */
export const consentsOnQuery = (client_id: string, on: string) => query('/api/clients/{client_id}/consents', { params: { path: { client_id }, query: { on } } })

/** Links to a form, and to whom one may go. */
export const linksQuery = (form_id: string) => query('/api/forms/{form_id}/links', { params: { path: { form_id } } })

export const templateReads = ['/api/form-templates', '/api/form-templates/{form_template_id}'] as const
/** What shows how clients' forms stand. */
export const formReads = ['/api/clients/{client_id}/forms', '/api/forms', '/api/forms/{form_id}', '/api/clients/{client_id}/consents'] as const
