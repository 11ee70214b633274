/** One client and one person for the tests of these pages. */
import type { Schema } from '@/api/schema'

export const cleo: Schema<'ClientOut'> = {
  id: 'c1',
  name: 'Cleo Marsh',
  legal_name: 'Cleopatra Anne Marsh',
  medical_record_number: 'MS000001',
  date_of_birth: '1991-03-12',
  age: 35,
  pronouns: 'they/them',
  status: 'Active',
  first_name: 'Cleopatra',
  middle_name: 'Anne',
  last_name: 'Marsh',
  preferred_name: 'Cleo',
  gender: '',
  sex_assigned_at_birth: '',
  race: '',
  ethnicity: '',
  marital_status: '',
  primary_language: 'English',
  primary_phone: '518 555 0199',
  email: 'cleo@example.org',
  preferred_contact_method: 'Phone',
  okay_to_leave_message: false,
  street1: '1 Mill Lane',
  street2: '',
  city: 'Riverbend',
  state: 'NY',
  zip_code: '12999',
  deceased_date: null,
  primary_therapist_id: 'u1',
  default_location_id: null,
  is_favorite: false,
  has_similar_name: true,
  stopped: { email: null, phone: null },
  version: 3,
  alerts: [{ id: 'a1', kind: 'risk', text: 'Safety plan from 3 Nov' }],
  care_team: [{ id: 'm1', person_id: 'u1', name: 'Ana Ortiz', role: 'Therapist', start_date: '2026-01-05' }],
  diagnoses: [{ id: 'd1', code: 'F41.1', code_system: 'ICD-10-CM', description: 'Generalized anxiety disorder', category: '', onset_date: '2025-05-01', resolved_date: null }],
  emergency_contacts: [{ id: 'e1', name: 'Sam Marsh', relationship: 'Sibling', phone: '(518) 555-0142', is_guardian: true }],
}

export const row: Schema<'ClientRow'> = {
  id: 'c1',
  name: 'Cleo Marsh',
  legal_name: 'Cleopatra Anne Marsh',
  medical_record_number: 'MS000001',
  date_of_birth: '1991-03-12',
  age: 35,
  pronouns: 'they/them',
  status: 'Active',
  primary_therapist: 'Ana Ortiz',
  primary_phone: '518 555 0199',
  is_favorite: false,
}

export const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1',
  name: 'Ana Ortiz',
  initials: 'AO',
  email: 'ana@example.org',
  roles: ['clinician'],
  acting_in: ['clinician'],
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
  can,
})
export const clinician = me('see_clients', 'change_client', 'book', 'read_notes', 'write_notes', 'see_schedule')
export const frontDesk = me('see_clients', 'add_client', 'change_client', 'assign_care_team', 'book', 'see_schedule')
export const supervisor = me('see_clients', 'read_notes', 'see_schedule')

export const staff: Schema<'StaffOut'>[] = [
  { id: 'u1', name: 'Ana Ortiz', credentials: 'LMHC', roles: ['clinician'], calendar_color: 1, is_schedulable: true },
  { id: 'u2', name: 'Ben Ide', credentials: '', roles: ['clinician'], calendar_color: 2, is_schedulable: true },
]
