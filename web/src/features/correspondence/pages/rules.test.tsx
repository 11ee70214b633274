import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import type { Rule, RuleTrigger } from '../queries'
import { ruleSentence } from '../rule-words'
import { valuesOf, withTrigger } from '../rule-values'
import { ada, ana } from '../test-data'
import * as RulesPage from './RulesPage'

const boss = { ...ada, can: [...ada.can, 'set_rules'] }
const page = { path: '/messages/rules', ...RulesPage }
const overdue: RuleTrigger = {
  trigger_event: 'Note Overdue',
  explains: 'A session’s note is not signed 3 days after the session.',
  conditions: [{ field: 'days_since', label: 'Days since the session', kind: 'number', choices: [], operators: ['equals', 'greater_than', 'is_null'] }],
  fields: ['practice', 'client_name'],
  subject_fields: ['practice'],
  timings: ['Immediate', 'After Event', 'Scheduled'],
  recipient_types: ['Clinician', 'Administrator', 'Role'],
  repeats: true,
}
const coming: RuleTrigger = { ...overdue, trigger_event: 'Appointment Reminder', conditions: [], timings: ['Before Event'], recipient_types: ['Clinician', 'Client'], repeats: false }
const rule: Rule = {
  id: 'r1',
  version: 3,
  rule_name: 'Notes that are overdue',
  rule_type: 'Dashboard Alert',
  is_active: true,
  trigger_event: 'Note Overdue',
  conditions: [],
  recipient_type: 'Clinician',
  recipients: [],
  timing_type: 'Immediate',
  timing_offset: 0,
  timing_unit: 'hours',
  timing_at: null,
  message_subject: 'A note is overdue',
  message_template: 'Of {client_name}',
  send_once: true,
  send_repeatedly: false,
  repeat_interval: 0,
  max_repeats: 0,
  last_executed_at: null,
  execution_count: 0,
}
const answers = { 'GET /api/me': boss, 'GET /api/staff': [], 'GET /api/notification-rules': [rule], 'GET /api/notification-triggers': [overdue, coming], 'POST /api/notification-rule-previews': [{ channel: 'Dashboard Alert', subject: 'A note is overdue', text: 'Of Robin Vale' }] }

test('lists each rule as a sentence, with its switch', async () => {
  let sent: unknown
  serve({
    ...answers,
    'PUT /api/notification-rules/r1/switch': ({ body }: { body: unknown }) => {
      sent = body
      return { ...rule, is_active: false }
    },
  })
  renderPage('/messages/rules', page)
  const list = await screen.findByRole('list', { name: 'Notification rules' })
  expect(list).toHaveTextContent('Note Overdue, at once, to the clinician: under the bell.')
  expect(list).toHaveTextContent('Has told nobody yet')
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(within(list).getByRole('switch'))
  await waitFor(() => expect(sent).toEqual({ version: 3, is_active: false }))
})

test('a rule is changed: the preview follows, a refusal stays beside its field, nothing is lost', async () => {
  serve({ ...answers, 'PUT /api/notification-rules/r1': { status: 422, body: { code: 'bad_input', detail: 'Some of what was entered cannot be used.', fields: { message_subject: ['There is no field {x} here.'] } } } })
  renderPage('/messages/rules', page)
  await userEvent.click(await screen.findByRole('button', { name: /^Change/ }))
  const panel = await screen.findByRole('dialog', { name: 'Change a notification rule' })
  expect(await within(panel).findByText('Of Robin Vale')).toBeVisible()
  await userEvent.type(within(panel).getByRole('textbox', { name: /Name/ }), '!')
  await userEvent.click(within(panel).getByRole('button', { name: 'Add condition' }))
  expect(within(panel).getByRole('group', { name: 'Condition 1' })).toBeVisible()
  expect(await axeViolations(panel)).toEqual([])
  await userEvent.click(within(panel).getByRole('button', { name: 'Save rule' }))
  expect(await within(panel).findByText('There is no field {x} here.')).toBeVisible()
  expect(within(panel).getByRole('textbox', { name: /Name/ })).toHaveValue('Notes that are overdue!')
})

test('a rehearsal says whom it would have told, and removing asks first', async () => {
  const calls = serve({ ...answers, 'POST /api/notification-rule-rehearsals': { count: 1, items: [{ at: '2026-11-23T15:00:00Z', readers: ['Ana Reyes'] }] }, 'DELETE /api/notification-rules/r1': null })
  renderPage('/messages/rules', page)
  await userEvent.click(await screen.findByRole('button', { name: /^Change/ }))
  await userEvent.click(await screen.findByRole('button', { name: /Whom would it have told/ }))
  expect(await screen.findByText(/Ana Reyes/)).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect(calls).not.toContain('DELETE /api/notification-rules/r1')
  await userEvent.click(await screen.findByRole('button', { name: 'Remove rule' }))
  await waitFor(() => expect(calls).toContain('DELETE /api/notification-rules/r1'))
})

test('whoever sets no rules is told so', async () => {
  const calls = serve({ 'GET /api/me': ana })
  renderPage('/messages/rules', page)
  expect(await screen.findByRole('heading', { level: 1 })).toBeVisible()
  expect(calls).not.toContain('GET /api/notification-rules')
})

test('another trigger keeps what it has too and drops what it has not', () => {
  const values = { ...valuesOf(rule, overdue), send_repeatedly: true, repeat_interval: 24, max_repeats: 2, recipient_type: 'Role' as const, recipients: ['billing'] }
  expect(withTrigger(values, coming)).toMatchObject({ timing_type: 'Before Event', recipient_type: 'Clinician', recipients: [], send_repeatedly: false, max_repeats: 0, rule_name: rule.rule_name })
})

test.each([
  [{ timing_type: 'Before Event', timing_offset: 1, timing_unit: 'days' }, '1 day before'],
  [{ timing_type: 'Scheduled', timing_at: '08:00' }, 'at 08:00'],
  [{ recipient_type: 'Specific User', recipients: ['u1', 'gone'] }, 'to Ana Reyes, somebody who left'],
  [{ send_repeatedly: true, repeat_interval: 1, max_repeats: 1 }, 'Again every hour while it is so, once at most.'],
] as const)('a rule reads as a sentence', (more, words) => expect(ruleSentence({ ...rule, ...more } as Rule, new Map([['u1', 'Ana Reyes']]))).toContain(words))
