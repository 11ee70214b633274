import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { bounds, figure, type Check, type Metric } from '../words'
import { Component } from './OperationsPage'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const at = '2026-11-23T12:00:00Z'
const good: Check = { name: 'health', title: 'Health of the parts', state: 'good', says: 'All are well.', details: [], fix: 'Look at it.', page: '/operations', checked_at: at, since: at }
const bad: Check = { ...good, name: 'storage', title: 'Storage', state: 'bad', says: '96 % of what the practice means to keep.', details: ['2 files are missing.'], fix: 'Archive and clear up.', page: '/storage' }
const checklist: Schema<'ChecklistOut'> = {
  kind: 'morning', day: '2026-11-23', signature: null,
  lines: [{ name: 'health', title: 'Check health endpoint status', state: 'good', checks: [good] }, { name: 'storage', title: 'Check storage usage', state: 'bad', checks: [bad] }],
}
const signed: Schema<'SignedChecklistOut'> = { id: 's1', kind: 'morning', day: '2026-11-22', created_at: at, signed_by: 'Ada Ruiz', remark: 'Robin sees to it.', lines: [{ title: 'Check storage usage', state: 'bad', says: ['96 %.'] }] }

function render(address: string, answers: Record<string, unknown> = {}, can: string[] = ['run_operations']) {
  const calls = serve({ 'GET /api/me': me(...can), 'GET /api/operations/checklists/morning': checklist, ...answers })
  renderPage(address, { path: '/operations', element: <Component /> })
  return calls
}

test('the checklist says what is wrong and what to do, and of what is good only that', async () => {
  const calls = render('/operations', { 'POST /api/operations/checks': { status: 202, body: null } })
  expect(await screen.findByText('2 files are missing.')).toBeInTheDocument()
  expect(screen.getByText('Archive and clear up.')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'See storage' })).toHaveAttribute('href', '/storage')
  expect(screen.queryByText('Look at it.')).not.toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Look now' }))
  await waitFor(() => expect(calls).toContain('POST /api/operations/checks'))
})

test('it is signed with a word about what is not good; a refusal keeps what was typed', async () => {
  const refusal = { type: 'about:blank', title: 'Conflict', status: 409, code: 'already_signed', detail: 'Somebody has signed this checklist already today.', fields: {}, data: {} }
  render('/operations', { 'POST /api/operations/checklists/morning/signed': { status: 409, body: refusal } })
  await userEvent.click(await screen.findByRole('button', { name: 'Sign off' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText(/What is being done/), 'Robin sees to it.')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sign checklist' }))
  expect(await within(dialog).findByText('Somebody has signed this checklist already today.')).toBeInTheDocument()
  expect(within(dialog).getByLabelText(/What is being done/)).toHaveValue('Robin sees to it.')
})

test('signed checklists are shown as they stood', async () => {
  render('/operations?tab=history', { 'GET /api/operations/signed-checklists': { items: [signed], next: null } })
  expect(await screen.findByText('“Robin sees to it.”')).toBeInTheDocument()
  expect(screen.getByText('As it stood')).toBeInTheDocument()
})

test('the database: slow statements, and that nothing else is odd', async () => {
  const slow = { query: 'SELECT $1', calls: 3, mean_ms: 120.4, max_ms: 300, total_ms: 361 }
  const load: Schema<'DatabaseOut'> = { size: 25_000_000, slow: [slow], connections: [{ state: 'active', count: 1, longest_seconds: -0.1 }], tables: [{ name: 'public.clients', size: 1_048_576, rows: 60, dead_share: 0.25, vacuumed_at: null }], missing_indexes: [], unused_indexes: [] }
  render('/operations?tab=database', { 'GET /api/operations/database': load })
  expect(await screen.findByRole('table', { name: 'Slow statements' })).toHaveTextContent('120 ms')
  expect(screen.getByRole('table', { name: 'Connections' })).toHaveTextContent('0 s')
  expect(screen.getByRole('table', { name: 'The largest tables' })).toHaveTextContent('25 % dead')
  expect(screen.getByText(/no large index lies idle/)).toBeInTheDocument()
})

test('nobody else sees it', async () => {
  render('/operations', {}, [])
  expect(await screen.findByText('Operations are the administrators’')).toBeInTheDocument()
})

const metric = { unit: 'seconds', target: 0.5, critical: 2 } as Metric

test('figures in words', () => {
  expect([figure(metric, 0.42), figure(metric, 1.234), figure(metric, null)]).toEqual(['420 ms', '1.23 s', 'not measured'])
  expect(figure({ unit: 'share' }, 0.9995)).toBe('99.95 %')
  expect(bounds(metric)).toBe('Target under 500 ms, critical over 2 s')
  expect(bounds({ ...metric, unit: 'share', target: 0.999, critical: 0.99 })).toBe('Target over 99.9 %, critical under 99 %')
})
