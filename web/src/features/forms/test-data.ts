/** People, a form and its template for the tests of these pages. */
import type { Schema } from '@/api/schema'
import type { Form, FormRow, Template } from './words'

const practice = { id: 'r1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' }
export const ana: Schema<'MeOut'> = { id: 'u1', name: 'Ana Cast', initials: 'AC', email: 'ana@here.example', roles: ['clinician'], acting_in: ['clinician'], practice, can: ['see_clients', 'assign_forms', 'give_clinical_forms'] }
export const fay: Schema<'MeOut'> = { ...ana, id: 'u2', name: 'Fay Cast', roles: ['front_desk'], acting_in: ['front_desk'], can: ['see_clients', 'add_client', 'assign_forms'] }
export const ada: Schema<'MeOut'> = { ...ana, id: 'u3', name: 'Ada Cast', roles: ['administrator'], acting_in: ['administrator'], can: [...fay.can, 'give_clinical_forms', 'keep_forms'] }

const plain = { help: '', required: false, options: [], score: null, least: null, most: null, show_when: null, consent: null, months: null, expected: false, fills: null, most_files: 3 }
export const template: Template = {
  id: 't1',
  family: 't1',
  number: 1,
  title: 'Welcome',
  description: '',
  category: 'intake',
  status: 'draft',
  version: 1,
  updated_at: '2026-11-20T15:00:00Z',
  published_at: null,
  questions: 3,
  definition: {
    fields: [
      { ...plain, key: 'name', kind: 'text', label: 'What shall we call you?', required: true },
      { ...plain, key: 'takes', kind: 'yes_no', label: 'Do you take medication?', required: true },
      { ...plain, key: 'which', kind: 'long_text', label: 'Which?', required: true, show_when: { field: 'takes', test: 'is', value: 'yes' } },
    ],
    scores: [],
  },
}

/** Links of a form that nobody was sent one of yet. */
export const links: Schema<'FormLinksOut'> = { client_id: 'c1', links: [], readers: [{ guardian_id: null, name: 'Cleo Marsh', email: 'cleo@home.example', phone: '+15185550100' }] }

const round: Form['rounds'][number] = { id: 'r1', round: 1, answers: {}, version: 1, typed_by: '', saved_at: null, submitted_at: null, scores: [], outcome: '', reviewed_by: '', reviewed_at: null, review_note: '', taken: [] }
const row: FormRow = {
  id: 'f1',
  client_id: 'c1',
  client_name: 'Cleo Marsh',
  title: 'Welcome',
  number: 1,
  category: 'intake',
  status: 'open',
  priority: 'normal',
  due_date: null,
  instructions: '',
  assigned_by: 'Ana Cast',
  assigned_at: '2026-11-20T15:00:00Z',
  changed_at: '2026-11-20T15:00:00Z',
  done: 0,
  total: 2,
  packet: null,
}
export const form: Form = { ...row, definition: template.definition, rounds: [round], may_write: true, consents: [], signers: [], details: null, files: [], uploading: null, error: null }
export const sent: Form = { ...form, status: 'submitted', rounds: [{ ...round, version: 2, answers: { name: 'Cleo', takes: false }, typed_by: 'Ana Cast', saved_at: '2026-11-20T15:10:00Z', submitted_at: '2026-11-20T15:11:00Z' }] }
