/** One note and one person for the tests of these pages. */
import type { Schema } from '@/api/schema'
import type { Note } from './content'

const section = (key: string, label: string) => ({ key, label, hint: `What belongs into ${label}.`, required: true })
const [assessment, plan] = [section('assessment', 'Assessment'), section('plan', 'Plan')]

export const formats: Schema<'NoteFormatOut'>[] = [
  { note_format: 'SOAP', label: 'SOAP', sections: [section('subjective', 'Subjective'), section('objective', 'Objective'), assessment, plan] },
  { note_format: 'DAP', label: 'DAP', sections: [section('data', 'Data'), assessment, plan] },
]

export const draft: Note = {
  id: 'n1',
  client_id: 'c1',
  client_name: 'Cleo Marsh',
  author_id: 'u1',
  author_name: 'Ana Alvarez, PhD',
  appointment_id: 'p1',
  kind: 'progress_note',
  note_format: 'SOAP',
  service_date: '2026-11-20',
  started_at: '2026-11-20T20:00:00Z',
  ended_at: '2026-11-20T20:50:00Z',
  sections: { subjective: 'Slept better.', objective: 'Calm.', assessment: 'Improving.', plan: 'Weekly.' },
  diagnoses: [{ code: 'F41.1', description: 'Generalized anxiety disorder' }],
  layout: formats[0]?.sections ?? [],
  missing: [],
  version: 3,
  updated_at: '2026-11-20T21:22:00Z',
  signed_at: null,
  signed_name: '',
  content_hash: '',
  is_intact: true,
  amendments: [],
  may_write: true,
  may_sign: true,
  may_amend: false,
}

export const signedNote: Note = { ...draft, version: 4, signed_at: '2026-11-20T21:30:00Z', signed_name: 'Ana Alvarez, PhD', content_hash: 'ab12cd34ef56'.padEnd(64, '0'), may_write: false, may_sign: false, may_amend: true }

export const ana: Schema<'MeOut'> = {
  id: 'u1',
  name: 'Ana Alvarez',
  initials: 'AA',
  email: 'ana@riverbend.example',
  roles: ['clinician'],
  acting_in: ['clinician'],
  practice: { id: 'r1', name: 'Riverbend Counseling', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' },
  can: ['read_notes', 'write_notes'],
}
export const sam: Schema<'MeOut'> = { ...ana, id: 'u2', name: 'Sam Whitfield', initials: 'SW', roles: ['supervisor'] }
