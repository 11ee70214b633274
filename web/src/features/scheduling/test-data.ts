/** Made-up people and sessions for the tests of this folder; not part of any page. */
import type { Schema } from '@/api/schema'
import type { Appointment } from './status'

export const zone = 'America/New_York'
const practice = { id: 'p1', name: 'Harbour Practice', timezone: zone, opens_at: '08:00', closes_at: '19:00' }

const person = (id: string, name: string, roles: string[], can: string[]): Schema<'MeOut'> => ({ id, name, initials: 'XX', email: `${id}@example.org`, roles, acting_in: roles, practice, can })
export const clinician = person('ana', 'Ana Reyes', ['clinician'], ['book', 'read_notes', 'see_clients', 'see_schedule', 'write_notes'])
export const frontDesk = person('fay', 'Fay Moss', ['front_desk'], ['book', 'book_for_others', 'see_clients', 'see_everybodys_schedule', 'see_schedule'])

/** Tue 24 Nov 2026, 3:00 – 3:50 pm in New York, with Ana. */
export const anAppointment = (values: Partial<Appointment> = {}): Appointment => ({
  id: 'a1',
  client_id: 'c1',
  client_name: 'Cleo Adams',
  client_pronouns: 'she/her',
  clinician_id: 'ana',
  clinician_name: 'Ana Reyes',
  location_id: 'l1',
  location_name: 'Main Street',
  room_id: null,
  room_name: '',
  series_id: null,
  starts_at: '2026-11-24T20:00:00Z',
  ends_at: '2026-11-24T20:50:00Z',
  timezone: zone,
  appointment_type: 'Individual Therapy',
  status: 'Scheduled',
  checked_in_at: null,
  actual_started_at: null,
  actual_ended_at: null,
  cpt_code: '',
  cancellation_reason: '',
  appointment_notes: '',
  version: 1,
  note_id: null,
  note_state: 'none',
  may_change: true,
  ...values,
})
