import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { filterOf, momentsOf, withFilter } from '../filter'
import { ChainSection } from '../parts/ChainSection'
import * as AuditPage from './AuditPage'
import * as SecurityPage from './SecurityPage'

const ana = 'aaaaaaaa-0000-4000-8000-000000000001'
const me = { id: 'a1', name: 'Ada Osei', initials: 'AO', email: '', roles: ['administrator'], acting_in: ['administrator'], practice: { id: 'p', name: 'Harbour', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' }, can: ['oversee', 'see_clients'] }
const line: Schema<'LineOut'> = {
  id: 'l1', action_type: 'PHI_ACCESS', event: 'client_chart.read', resource_type: 'client_chart', resource_id: null, severity: 'info', description: 'Ana Reyes opened a chart',
  created_at: '2026-11-23T15:00:00Z', ip_address: '10.0.0.9', person: { id: ana, name: 'Ana Reyes' }, clients: [{ id: 'c1', name: 'Cleo Adams' }], client_count: 3,
}
const staff = [{ id: ana, name: 'Ana Reyes', credentials: '', roles: ['clinician'], calendar_color: 0, is_schedulable: true }]
const page = { path: '/audit', ...AuditPage }

/** The trail, and every filter it was asked with. */
function open(answers: Record<string, unknown> = {}, address = '/audit') {
  const asked: URLSearchParams[] = []
  const calls = serve({ 'GET /api/me': me, 'GET /api/staff': staff, 'GET /api/audit/queries': [], 'GET /api/audit': ({ url }: { url: URL }) => (asked.push(url.searchParams), { items: [line], next: null }), ...answers })
  return { asked, calls, ...renderPage(address, page) }
}

test('a filter stands in the address as ids and days, and goes to the server as moments of the practice', async () => {
  const { asked, router } = open({}, `/audit?person=${ana}&since=2026-10-31&until=2026-11-01`)
  expect(await screen.findByRole('table', { name: 'Audit trail' })).toHaveTextContent('Cleo Adams and 2 more')
  expect(asked.at(-1)?.get('since')).toBe('2026-10-31T04:00:00.000Z')
  expect(asked.at(-1)?.get('until')).toBe('2026-11-02T05:00:00.000Z') // the clocks went back in between
  await userEvent.click(screen.getByRole('button', { name: /What they did/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'Was refused' }))
  await waitFor(() => expect(asked.at(-1)?.get('action')).toBe('REFUSED'))
  expect(router.state.location.search).toBe(`?person=${ana}&since=2026-10-31&until=2026-11-01&action=REFUSED`)
  expect(await axeViolations(document.body)).toEqual([])
})

test('an address that nobody could have made asks for everything', () => {
  const address = new URLSearchParams({ person: 'Ana', client: '1 OR 1=1', action: 'toString', severity: 'loud', since: 'yesterday' })
  expect(Object.values(filterOf(address)).every((value) => value === null)).toBe(true)
  expect(withFilter(new URLSearchParams('tab=seen&action=REFUSED'), { action: null }).toString()).toBe('tab=seen')
  expect(momentsOf({ since: null, until: null }, 'UTC')).toEqual({ since: null, until: null })
})

test.each([
  [50, '50 lines about 3 clients.', false],
  [51, '51 lines about 3 clients leave the product', true],
])('an export of %s lines warns only past fifty, and says how much leaves', async (rows, words, isWarning) => {
  open({ 'GET /api/audit/count': { rows, clients: 3, is_more: false } })
  await userEvent.click(await screen.findByRole('button', { name: 'Export' }))
  const dialog = await screen.findByRole('dialog', { name: 'Export this search' })
  expect(await within(dialog).findByText(words, { exact: false })).toBeInTheDocument()
  expect(within(dialog).queryByRole('alert') !== null).toBe(isWarning)
  expect(within(dialog).getByRole('button', { name: `Export ${rows} lines` })).toBeInTheDocument()
  expect(await axeViolations(dialog)).toEqual([])
})

test('an export is sent with this very search, confirmed, and becomes a file', async () => {
  const sent: unknown[] = []
  const files: Blob[] = []
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (file: Blob) => (files.push(file), 'blob:x'), revokeObjectURL: () => undefined }))
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  open({ 'GET /api/audit/count': { rows: 2, clients: 1, is_more: false }, 'POST /api/audit/exports': ({ body }: { body: unknown }) => (sent.push(body), 'when,who') }, '/audit?action=REFUSED')
  await userEvent.click(await screen.findByRole('button', { name: 'Export' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Export 2 lines' }))
  expect(await screen.findByText(/The export stands in the trail/)).toBeInTheDocument()
  expect(sent).toMatchObject([{ action: 'REFUSED', confirmed: true }])
  expect(files).toHaveLength(1)
})

test('nothing is exported of nothing', async () => {
  const { calls } = open({ 'GET /api/audit/count': { rows: 0, clients: 0, is_more: false } })
  await userEvent.click(await screen.findByRole('button', { name: 'Export' }))
  const button = await screen.findByRole('button', { name: 'Export 0 lines' })
  expect(button).toHaveAttribute('aria-disabled', 'true')
  await userEvent.click(button)
  expect(calls).not.toContain('POST /api/audit/exports')
})

test('a search is kept under a name, and comes back as days', async () => {
  const kept = { id: 'q1', name: 'Refused in October', filters: { person: null, client: null, action: 'REFUSED', severity: '', event: '', since: '2026-10-01T04:00:00Z', until: '2026-11-01T04:00:00Z' } }
  const { router } = open({ 'GET /api/audit/queries': [kept] })
  await userEvent.click(await screen.findByRole('button', { name: 'Refused in October' }))
  await waitFor(() => expect(router.state.location.search).toBe('?action=REFUSED&since=2026-10-01&until=2026-10-31'))
})

test('a rule needs a name, and shows what the server refuses at its field', async () => {
  const sent: unknown[] = []
  serve({ 'GET /api/me': me, 'GET /api/staff': staff, 'GET /api/security/rules': [], 'POST /api/security/rules': ({ body }: { body: unknown }) => (sent.push(body), { status: 422, body: { code: 'bad_input', detail: 'Not saved.', fields: { name: ['There is a rule of this name.'] } } }) })
  renderPage('/security?tab=rules', { path: '/security', ...SecurityPage })
  await userEvent.click(await screen.findByRole('button', { name: 'Add rule' }))
  expect(await screen.findByRole('button', { name: 'Save rule' })).toHaveAttribute('aria-disabled', 'true')
  await userEvent.type(screen.getByRole('textbox', { name: /^Name/ }), 'Many charts')
  await userEvent.click(screen.getByRole('checkbox', { name: 'Ana Reyes' }))
  await userEvent.click(screen.getByRole('button', { name: 'Save rule' }))
  expect(await screen.findByText('There is a rule of this name.')).toBeInTheDocument()
  expect(sent).toMatchObject([{ name: 'Many charts', threshold: 50, window_minutes: 60, recipients: [ana] }])
})

test('watching the chain being checked does not keep anybody signed in', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const check = { id: 'v1', asked_by: { id: ana, name: 'Ana Reyes' }, created_at: '2026-11-23T15:00:00Z', fault_log_id: null, fault_position: null, fault_reason: '', finished_at: '2026-11-23T15:00:09Z', rows_checked: 12 }
  const ends = [{ ...check, finished_at: null, rows_checked: null }, check]
  serve({ 'GET /api/audit/verifications': () => [ends.shift() ?? check] })
  renderPage('/', { path: '/', element: <ChainSection zone="America/New_York" /> })
  const passive = () => vi.mocked(globalThis.fetch).mock.calls.flatMap(([sent]) => (sent instanceof Request ? [sent.headers.get('X-Passive')] : []))
  await screen.findByText('Running…')
  await vi.advanceTimersByTimeAsync(2_000)
  await waitFor(() => expect(passive()).toEqual([null, '1']))
  expect(await screen.findByText('Intact')).toBeInTheDocument()
  vi.useRealTimers()
})

test('others are told whose it is, and the server is not asked', async () => {
  const calls = serve({ 'GET /api/me': { ...me, can: ['see_clients'] } })
  renderPage('/audit', page)
  expect(await screen.findByRole('heading', { name: 'The audit trail is not part of your role' })).toBeInTheDocument()
  expect(calls).toEqual(['GET /api/me'])
})
