import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { lineWords, ruleWords, stepWords, type AlertRule, type SystemAlert } from '../alert-words'
import { Component } from './AlertsPage'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const at = '2026-11-23T12:00:00Z'
const opened: SystemAlert['history'][number] = { at, happened: 'opened', person: null, people: ['Ada Ruiz', 'Mia Sol'], channels: ['in_product', 'email'], note: '' }
const alert: SystemAlert = {
  id: 'a1', rule: 'A check is not good', severity: 'critical', stage: 'open', title: 'Disk', says: '2.1 GB of 80 GB are free (3%).', fix: 'Make room on the disk.', page: '/storage', since: at, last_at: at, count: 7,
  good_since: null, unknown_since: null, opened_at: at, next_step_at: '2026-11-23T12:30:00Z', acknowledged_at: null, acknowledged_by: null, note: '', resolved_at: null, incident: null, history: [opened],
}
const rule: AlertRule = { id: 'r1', version: 3, name: 'A check is not good', default_key: 'checks_bad', kind: 'check', subject: '', condition: 'bad', severity: 'critical', hold_minutes: 5, clear_minutes: 10, channels: ['email'], steps: [{ minutes: 0, roles: ['administrator'], people: [] }], is_active: true }
const rules = { rules: [rule], checks: [{ key: 'disk', title: 'Disk' }], metrics: [{ key: 'uptime', title: 'Uptime' }] }
const quiet = { open: 0, untaken: 0, is_silent: false, silent_seconds: null }

function render(address: string, answers: Record<string, unknown> = {}, can: string[] = ['run_operations']) {
  const calls = serve({ 'GET /api/me': me(...can), 'GET /api/staff': [], 'GET /api/operations/alerts/summary': quiet, 'GET /api/operations/alerts': { items: [alert], next: null }, ...answers })
  renderPage(address, { path: '/operations/alerts', element: <Component /> })
  return calls
}

test('an open alert says what, since when, who was told and what to do; it is taken on with a word', async () => {
  const bodies: unknown[] = []
  render('/operations/alerts', {
    'GET /api/operations/alerts/summary': { ...quiet, open: 1, untaken: 1 },
    'POST /api/operations/alerts/a1/acknowledgement': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return { ...alert, stage: 'acknowledged' }
    },
  })
  expect(await screen.findByText('2.1 GB of 80 GB are free (3%).')).toBeInTheDocument()
  expect(screen.getByText('Make room on the disk.')).toBeInTheDocument()
  expect(screen.getByText('Told: Ada Ruiz and Mia Sol')).toBeInTheDocument()
  expect(screen.getByText(/more are told at/)).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'I see to it: Disk' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText(/What you are going to do/), 'I clear up.')
  await userEvent.click(within(dialog).getByRole('button', { name: 'I see to it' }))
  await waitFor(() => expect(bodies).toEqual([{ note: 'I clear up.' }]))
})

test('somebody was quicker: it says so, and what was typed stays', async () => {
  const refusal = { type: 'about:blank', title: 'Conflict', status: 409, code: 'already_taken', detail: 'Somebody else has taken this alert on meanwhile.', fields: {}, data: {} }
  render('/operations/alerts', { 'POST /api/operations/alerts/a1/acknowledgement': { status: 409, body: refusal } })
  await userEvent.click(await screen.findByRole('button', { name: 'I see to it: Disk' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText(/What you are going to do/), 'Mine.')
  await userEvent.click(within(dialog).getByRole('button', { name: 'I see to it' }))
  expect(await within(dialog).findByText(refusal.detail)).toBeInTheDocument()
  expect(within(dialog).getByLabelText(/What you are going to do/)).toHaveValue('Mine.')
})

test('nothing is wrong', async () => {
  render('/operations/alerts', { 'GET /api/operations/alerts': { items: [], next: null } })
  expect(await screen.findByText('Nothing is wrong.')).toBeInTheDocument()
})

test('a rule is switched off where it stands, and changed in a panel', async () => {
  const bodies: unknown[] = []
  render('/operations/alerts?tab=rules', {
    'GET /api/operations/alert-rules': rules,
    'PUT /api/operations/alert-rules/r1': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return rule
    },
  })
  expect(await screen.findByText(/Any check is not good for 5 min/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('switch', { name: /A check is not good/ }))
  await waitFor(() => expect(bodies).toHaveLength(1))
  expect(bodies[0]).toMatchObject({ is_active: false, version: 3 })
  await userEvent.click(screen.getByRole('button', { name: /Change ?A check is not good/ }))
  const panel = await screen.findByRole('dialog')
  await userEvent.click(within(panel).getByRole('button', { name: 'If nobody takes it on, tell' }))
  await userEvent.click(within(panel).getByRole('checkbox', { name: 'Text message' }))
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(within(panel).getByRole('button', { name: 'Save rule' }))
  await waitFor(() => expect(bodies).toHaveLength(2))
  expect(bodies[1]).toMatchObject({ channels: ['email', 'sms'], steps: [{ minutes: 0 }, { minutes: 30, roles: ['administrator'] }] })
})

test('a step names administrators only; somebody who left can be cleared', async () => {
  const person = (id: string, name: string, role: string) => ({ id, name, initials: '', credentials: '', roles: [role], calendar_color: 1, is_schedulable: false })
  const bodies: unknown[] = []
  render('/operations/alerts?tab=rules', {
    'GET /api/staff': [person('u1', 'Ada Ruiz', 'administrator'), person('u2', 'Sam Cole', 'clinician'), person('u3', 'Cy Dean', 'clinician')],
    'GET /api/operations/alert-rules': { ...rules, rules: [{ ...rule, steps: [{ minutes: 0, roles: [], people: ['u1', 'u2', 'gone'] }] }] },
    'PUT /api/operations/alert-rules/r1': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return rule
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: /Change ?A check is not good/ }))
  const panel = await screen.findByRole('dialog')
  expect(await within(panel).findByRole('checkbox', { name: 'Ada Ruiz' })).toBeChecked()
  expect(within(panel).queryByRole('checkbox', { name: /Cy Dean/ })).not.toBeInTheDocument()
  expect(within(panel).queryByRole('checkbox', { name: 'Clinicians' })).not.toBeInTheDocument()
  await userEvent.click(within(panel).getByRole('checkbox', { name: 'Somebody who left: no longer told' }))
  await userEvent.click(within(panel).getByRole('checkbox', { name: 'Sam Cole: no longer an administrator, and not told' }))
  await userEvent.click(within(panel).getByRole('button', { name: 'Save rule' }))
  await waitFor(() => expect(bodies).toHaveLength(1))
  expect(bodies[0]).toMatchObject({ steps: [{ people: ['u1'] }] })
})

test('the webhook’s secret is shown once, and why nothing arrives', async () => {
  const failed = { id: 'd1', event: 'opened', created_at: at, attempts: 2, next_attempt_at: at, delivered_at: null, last_error: 'The receiver answered 503.' }
  const webhook = { url: 'https://hooks.example/x', since: at, set_by: 'Ada Ruiz', deliveries: [failed] }
  render('/operations/alerts?tab=webhook', {
    'GET /api/operations/alert-webhook': { url: null, since: null, set_by: null, deliveries: [] },
    'PUT /api/operations/alert-webhook': { ...webhook, secret: 'whsec_once' },
  })
  await userEvent.type(await screen.findByLabelText('Address'), 'https://hooks.example/x')
  await userEvent.click(screen.getByRole('button', { name: 'Use this address' }))
  expect(await screen.findByDisplayValue('whsec_once')).toBeInTheDocument()
  expect(screen.getByText(/Not taken yet, after 2 tries. The receiver answered 503./)).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
})

test('a test alert says by what it went; a dead alerter is said in words', async () => {
  render('/operations/alerts', { 'GET /api/operations/alerts/summary': { ...quiet, is_silent: true, silent_seconds: 400 }, 'POST /api/operations/alert-tests': { status: 201, body: { channels: ['in_product', 'email'] } } })
  expect(await screen.findByText('Nothing has been evaluated for 7 min')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Send a test alert' }))
  expect(await screen.findByText('Test alert sent by bell and e-mail')).toBeInTheDocument()
})

test('nobody else sees it', async () => {
  render('/operations/alerts', {}, [])
  expect(await screen.findByText('Alerts are the administrators’')).toBeInTheDocument()
})

test('in words', () => {
  expect(lineWords(opened)).toBe('Opened. Told: Ada Ruiz and Mia Sol, by bell and e-mail.')
  expect(lineWords({ ...opened, happened: 'acknowledged', person: 'Ada Ruiz', people: [], channels: [], note: 'Mine.' })).toBe('Ada Ruiz took it on. “Mine.”')
  expect(lineWords({ ...opened, happened: 'resolved', people: [], channels: ['webhook'] })).toBe('Over. Told by webhook.')
  expect(ruleWords({ ...rule, kind: 'metric', subject: 'uptime', condition: 'unknown' }, rules)).toBe('The metric “Uptime” is not measured for 5 min.')
  expect(stepWords([...rule.steps, { minutes: 30, roles: [], people: ['u1', 'gone'] }], new Map([['u1', 'Ada Ruiz']]))).toBe('Told at once administrators; after 30 min Ada Ruiz and somebody who left.')
})
