import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { clockWords, lineTitle, nextStatuses, postMortemWords, ruleTitle, type Incident } from '../incident-words'
import { Component as IncidentPage } from './IncidentPage'
import { Component as IncidentsPage } from './IncidentsPage'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const NEW_YORK = 'America/New_York'
const at = '2026-11-23T12:00:00Z'
const ada = { id: 'u1', name: 'Ada Ruiz' }
const line: Incident['lines'][number] = { id: 'l1', at, happened: 'opened', person: 'The product', before: '', after: 'P1', people: [], channels: [], note: '' }
const row: Schema<'OperationsIncidentRow'> = {
  id: 'i1', version: 1, number: 'INC-2026-0007', title: 'Disk: 0.4 GB are free.', severity: 'P1', status: 'triage', source: 'alert', is_automatic: true, opened_by: 'The product', detected_at: at, created_at: at, due_at: '2026-11-23T13:00:00Z',
  next_call_at: '2026-11-23T12:15:00Z', taken_at: null, resolved_at: null, closed_at: null, post_mortem_due_at: null, post_mortem_at: null, commander: null,
}
const incident: Incident = {
  ...row, communications: null, scribe: null, lines: [line, { ...line, id: 'l2', happened: 'told', people: ['Ada Ruiz'], channels: ['email'] }], action_items: [], post_mortem: null,
  links: [{ id: 'k1', kind: 'alert', about: 'a1', title: 'Disk', says: '0.4 GB are free.', state: 'open', at }],
}
const taken: Incident = { ...incident, version: 2, commander: ada, taken_at: '2026-11-23T12:12:00Z', next_call_at: null }
const resolved: Incident = { ...taken, version: 3, status: 'resolved', resolved_at: '2026-11-23T14:00:00Z', post_mortem_due_at: '2026-11-25T14:00:00Z' }
const breach: Schema<'BreachAssessmentOut'> = {
  id: 'b1', version: 1, discovered_on: '2026-11-23', due_on: '2027-01-22', report_due_on: '2027-03-01', days_left: 58, search: { since: at, until: '2026-11-24T12:00:00Z' }, counted_at: at, declared_by: 'Ada Ruiz', affected: 3, is_many: false, told: 0,
  new: 0, dropped: 0, decision: '', reasons: '', decided_by: null, decided_at: null, nature: '', recipient: '', viewed: '', mitigated: '',
}
const summary = { open: 1, grave: 1, untaken: 1, late_post_mortems: 1, late_action_items: 0, on_call: ['Ada Ruiz'], is_me: true }
const staff = [{ ...ada, credentials: '', roles: ['administrator'], calendar_color: 'teal', is_schedulable: false }]
const conflict = { type: 'about:blank', title: 'Conflict', status: 409, code: 'changed_elsewhere', detail: 'Not saved: somebody else has changed this meanwhile.', fields: {}, data: {} }

function list(address: string, answers: Record<string, unknown> = {}, can: string[] = ['run_operations']) {
  serve({ 'GET /api/me': me(...can), 'GET /api/staff': staff, 'GET /api/operations/incidents/summary': summary, 'GET /api/operations/incidents': { items: [row], next: null }, ...answers })
  renderPage(address, { path: '/operations/incidents', element: <IncidentsPage /> })
}

function show(of: Incident, answers: Record<string, unknown> = {}) {
  serve({
    'GET /api/me': me('run_operations'),
    'GET /api/staff': staff,
    'GET /api/operations/incidents/i1': of,
    'GET /api/operations/incidents/i1/extracts': [],
    'GET /api/operations/incidents/i1/breach': { assessment: null },
    'GET /api/operations/incidents/linkable': { alerts: [], security_incidents: [] },
    ...answers,
  })
  renderPage('/operations/incidents/i1', { path: '/operations/incidents/:incidentId', element: <IncidentPage /> })
}

test('the list says what is open, whose it is, how long there is, and who is on call', async () => {
  list('/operations/incidents')
  expect(await screen.findByRole('link', { name: 'Disk: 0.4 GB are free.' })).toHaveAttribute('href', '/operations/incidents/i1')
  expect(screen.getByText('P1 High')).toBeInTheDocument()
  expect(screen.getByText('On call now: Ada Ruiz (you).')).toBeInTheDocument()
  expect(screen.getByText('Overdue: 1 post-mortem.')).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
})

test('nothing open is good, and who does not run operations is told so', async () => {
  list('/operations/incidents', { 'GET /api/operations/incidents': { items: [], next: null } })
  expect(await screen.findByText('No incident is open.')).toBeInTheDocument()
})

test('somebody without operations finds none of it', async () => {
  list('/operations/incidents', {}, [])
  expect(await screen.findByText('Incidents are the administrators’')).toBeInTheDocument()
})

test('one is opened with a severity; what is there already leads to it', async () => {
  const refusal = { ...conflict, code: 'already_linked', detail: 'There is an incident about this already.', data: { incident: 'i9' } }
  list('/operations/incidents', { 'POST /api/operations/incidents': { status: 409, body: refusal } })
  await userEvent.click(await screen.findByRole('button', { name: 'Open an incident' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText(/What is wrong/), 'Nobody can print')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Open and call' }))
  expect(await within(dialog).findByRole('link', { name: 'See that incident' })).toHaveAttribute('href', '/operations/incidents/i9')
  expect(within(dialog).getByLabelText(/What is wrong/)).toHaveValue('Nobody can print')
})

test('the page has the timeline and what it is about; one click takes it on', async () => {
  show(incident, { 'POST /api/operations/incidents/i1/command': taken })
  expect(await screen.findByRole('heading', { level: 1, name: /INC-2026-0007/ })).toBeInTheDocument()
  expect(screen.getByText('Called: Ada Ruiz, by e-mail')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Alert: Disk' })).toBeInTheDocument()
  await waitFor(async () => expect(await axeViolations(document.body)).toEqual([]))
  await userEvent.click(screen.getByRole('button', { name: 'Take it on' }))
  expect(await screen.findByText('Ada Ruiz took it on after 12 min.')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Take it on' })).not.toBeInTheDocument()
})

test('a post-mortem keeps what was typed when somebody else was quicker, and publishes what is saved', async () => {
  const theirs: Incident = { ...resolved, post_mortem: { summary: 'Theirs', impact: 'x', root_cause: 'x', went_well: '', went_badly: '', lessons: '', version: 1, updated_at: at, published_at: null, published_by: null } }
  let now = resolved
  show(resolved, {
    'GET /api/operations/incidents/i1': () => now,
    'PUT /api/operations/incidents/i1/post-mortem': () => {
      now = theirs
      return { status: 409, body: conflict }
    },
  })
  const field = await screen.findByLabelText(/^Summary/)
  await userEvent.type(field, 'Mine')
  await userEvent.click(screen.getByRole('button', { name: 'Save the draft' }))
  expect(await screen.findByText(conflict.detail)).toBeInTheDocument()
  expect(field).toHaveValue('Mine')
  expect(screen.getByText('Somebody else has written here meanwhile')).toBeInTheDocument()
})

async function enterFrom(dialog: HTMLElement) {
  await userEvent.click(within(within(dialog).getByRole('group', { name: /^From/ })).getByRole('spinbutton', { name: /month/ }))
  await userEvent.keyboard('11232026')
}

test('the four factors keep what was typed when somebody else has assessed them meanwhile', async () => {
  let now = breach
  const versions: unknown[] = []
  show(taken, {
    'GET /api/operations/incidents/i1/breach': () => ({ assessment: now }),
    'PUT /api/operations/incidents/i1/breach/factors': ({ body }: { body: { version: number } }) => {
      versions.push(body.version)
      now = { ...breach, version: 2, nature: 'Theirs' }
      return { status: 409, body: conflict }
    },
  })
  const field = await screen.findByLabelText(/^What was involved/)
  await userEvent.type(field, 'Mine')
  await userEvent.click(screen.getByRole('button', { name: 'Save the assessment' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Reload, keep what I wrote' }))
  expect(await screen.findByText('Somebody else has written here meanwhile')).toBeInTheDocument()
  expect(field).toHaveValue('Mine')
  await userEvent.click(screen.getByRole('button', { name: 'Save the assessment' }))
  expect(versions).toEqual([1, 1])
  await userEvent.click(screen.getByRole('button', { name: 'Show theirs' }))
  expect(field).toHaveValue('Theirs')
})

test('what it may have been is declared with a day, and the sixty days are counted', async () => {
  const bodies: unknown[] = []
  show(taken, {
    'PUT /api/operations/incidents/i1/breach': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return { assessment: breach }
    },
  })
  expect(await screen.findByText(/Nobody has said that it may be one/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'It may be a breach' }))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByText(/A line has to match all that you enter/)).toBeInTheDocument()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Find who is affected' }))
  expect(bodies).toEqual([])
  await enterFrom(dialog)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Find who is affected' }))
  expect(await screen.findByText(/58 days left to tell people/)).toBeInTheDocument()
  expect(bodies).toMatchObject([{ version: null, search: { persons: [], sessions: [], addresses: [] } }])
  expect(screen.getByRole('button', { name: 'Show the list' })).toBeInTheDocument()
})

test('clocks, lines and rules in words', () => {
  expect(clockWords(row, NEW_YORK, '2026-11-23T12:48:00Z')).toEqual({ isLate: false, words: expect.stringContaining('within 12 min') as string })
  expect(clockWords(row, NEW_YORK, '2026-11-23T13:20:00Z')).toEqual({ isLate: true, words: 'Nobody has taken it on: 20 min overdue' })
  expect(postMortemWords(resolved, NEW_YORK, '2026-11-25T15:00:00Z')).toMatchObject({ isLate: true })
  expect(nextStatuses('resolved')).toEqual(['investigating', 'identified', 'monitoring', 'closed'])
  expect(nextStatuses('closed')).toEqual([])
  expect(lineTitle({ ...line, happened: 'role', before: 'commander', person: 'Ada Ruiz', after: 'Ada Ruiz' })).toBe('Ada Ruiz commands')
  expect(ruleTitle({ id: 'r', version: 1, source: 'alert', grade: 'critical', subject: 'health', opens: 'P0' })).toBe('Critical alert about health')
})
