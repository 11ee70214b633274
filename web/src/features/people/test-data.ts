import type { Schema } from '@/api/schema'

const practice = { id: 'r1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' }

export const administrator = { id: 'a1', name: 'Ada Osei', initials: 'AO', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], practice, can: ['administer_people', 'see_clients'] }
export const clinician = { ...administrator, id: 'c1', name: 'Ana Cast', roles: ['clinician'], can: ['see_clients'] }

export const row: Schema<'UserRow'> = {
  id: 'p1',
  name: 'Ash Cast',
  title: 'Associate therapist',
  credentials: 'LMSW',
  email: 'ash@example.org',
  roles: ['associate'],
  status: 'locked',
  attention: ['no_supervisor'],
  factors: ['totp'],
  last_sign_in: '2026-11-20T15:00:00Z',
  license_expiration_date: null,
}

export const ash: Schema<'UserOut'> = {
  ...row,
  first_name: 'Ash',
  last_name: 'Cast',
  license_number: 'L1',
  license_state: 'NY',
  npi_number: '',
  phone_number: '',
  created_at: '2025-01-06T15:00:00Z',
  deactivated_at: null,
  locked_until: '2026-11-23T16:00:00Z',
  is_verified: true,
  has_password: true,
  open_sessions: 0,
  is_me: false,
  supervisors: [],
  supervisees: [],
  most_supervisees: 10,
  history: [],
}

export const report: Schema<'PeopleReportOut'> = {
  as_of: '2026-11-23T15:00:00Z',
  people: 2,
  with_second_factor: 1,
  with_passkey: 0,
  adoption: [{ role: 'associate', people: 2, with_second_factor: 1, with_passkey: 0 }],
  no_second_factor: [],
  stale: [],
  no_role: [],
  licenses: [],
  no_supervisor: [row],
  waiting: [],
}
