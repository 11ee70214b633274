/** People, messages, carriers and a stop for the tests of these pages. */
import type { Schema } from '@/api/schema'

const practice = { id: 'r1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' }
export const ada = { id: 'a1', name: 'Ada Osei', initials: 'AO', email: 'ada@here.example', roles: ['administrator'], acting_in: ['administrator'], practice, can: ['lift_stops', 'run_outbox'] }
export const fay = { ...ada, id: 'f1', name: 'Fay Morgan', roles: ['front_desk'], acting_in: ['front_desk'], can: ['lift_stops'] }
export const ana = { ...ada, id: 'c1', name: 'Ana Cast', roles: ['clinician'], acting_in: ['clinician'], can: ['see_clients'] }

export const message: Schema<'MessageOut'> = {
  id: 'm1',
  kind: 'correspondence.test',
  channel: 'Email',
  recipient_name: 'Cleo Marsh',
  client_id: 'c9',
  address: 'cleo@example.org',
  subject: 'A test message',
  state: 'sent',
  created_at: '2026-11-23T14:00:00Z',
  next_attempt_at: null,
  sent_at: '2026-11-23T14:00:05Z',
  attempts: 1,
  problem: '',
  provider: 'resend',
  delivery_status: '',
  opened: false,
  clicked: false,
  html: '',
  content: 'This is a test message of Riverbend. It has arrived.\n',
  delivery_status_at: null,
  opened_date: null,
  clicked_date: null,
  cancelled_at: null,
  external_id: '',
}

export const failed: Schema<'MessageOut'> = { ...message, id: 'm2', state: 'failed', sent_at: null, attempts: 12, provider: '', problem: 'Resend does not know this key: enter a new one under Carriers. (Resend: 401 API key is invalid)' }

export const mail: Schema<'CarrierOut'> = {
  channel: 'Email',
  provider: 'folder',
  sender: 'mentalspace@localhost',
  since: null,
  sent: 3,
  delivered: null,
  bounced: 0,
  failed: 1,
  waiting: 0,
  problems: [{ problem: failed.problem, times: 2, last_at: '2026-11-23T14:00:00Z' }],
  webhooks: ['https://here.example/functions/v1/resend-webhook/r1'],
  sender_domain: 'localhost',
}
export const texts: Schema<'CarrierOut'> = { ...mail, channel: 'SMS', problems: [], failed: 0, webhooks: ['https://here.example/functions/v1/twilio-inbound/r1'] }
export const resend: Schema<'CarrierOut'> = { ...mail, provider: 'resend', sender: 'Here <office@here.example>', sender_domain: 'here.example', since: '2026-11-01T15:00:00Z', sent: 40, delivered: 39 }

export const bounced: Schema<'StopOut'> = { id: 's1', channel: 'Email', address: 'cleo@example.org', reason: 'bounced', detail: 'no such mailbox', since: '2026-11-20T15:00:00Z', may_lift: true, clients: [{ id: 'c1', name: 'Cleo Client' }] }
export const stopped: Schema<'StopOut'> = { id: 's2', channel: 'SMS', address: '+15185550100', reason: 'stopped', detail: '', since: '2026-11-20T15:00:00Z', may_lift: false, clients: [] }
