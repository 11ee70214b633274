import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { hasTrouble, outcome, sizeOf, type Run } from '../words'
import { Component } from './StoragePage'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const GB = 1024 ** 3
const bucket = { id: 'client-documents', purpose: 'Documents of a client’s chart', objects: 12, size: 41 * GB, quarantined: 1, quarantined_size: 10, missing: 2, removed: 3, most_bytes: 20 * 1_048_576, retention_years: 7 }
const storage: Schema<'StorageOut'> = { used_bytes: 41 * GB, quota_bytes: 50 * GB, percent: 82, is_warning: true, warned_at: null, version: 1, buckets: [bucket], store: 'local', free_bytes: 9 * GB }
const run: Run = { id: 'r1', kind: 'check', asked_by: 'Ada Ruiz', reason: '', created_at: '2026-11-01T15:00:00Z', started_at: '2026-11-01T15:00:00Z', finished_at: '2026-11-01T15:00:00Z', done: 12, total: 12, size: 0, found: [], failure: '' }
const missing: Run['found'] = [{ kind: 'missing', count: 2, places: ['client-documents/abc'] }]

function render(at: string, answers: Record<string, unknown> = {}, can: string[] = ['keep_storage']) {
  const calls = serve({ 'GET /api/me': me(...can), 'GET /api/storage': storage, 'GET /api/storage/largest': [], 'GET /api/storage/runs': [run], ...answers })
  renderPage(at, { path: '/storage', element: <Component /> })
  return calls
}

test('how much is kept, with the warning and what to do', async () => {
  const calls = render('/storage', { 'PUT /api/storage/quota': storage })
  expect(await screen.findByText(/Storage is nearly full: 82 %/)).toBeInTheDocument()
  expect(screen.getByRole('meter', { name: 'Storage used' })).toHaveAttribute('aria-valuenow', '82')
  expect(screen.getByRole('table', { name: 'Buckets' })).toHaveTextContent('1 in quarantine, 2 missing, 3 more removed after retention')
  expect(screen.queryByRole('tab', { name: 'S3' })).not.toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Change quota' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Save quota' }))
  await waitFor(() => expect(calls).toContain('PUT /api/storage/quota'))
})

test('checks: what was found, what to do, and another one', async () => {
  const calls = render('/storage?tab=check', { 'GET /api/storage/runs': [{ ...run, found: missing }], 'POST /api/storage/runs': { status: 202, body: run } })
  const table = await screen.findByRole('table', { name: 'Latest checks' })
  expect(table).toHaveTextContent('2 missing or damaged')
  expect(table).toHaveTextContent('Restore these from a backup')
  expect(table).toHaveTextContent('and 1 more')
  await userEvent.click(screen.getByRole('button', { name: 'Check now' }))
  await waitFor(() => expect(calls).toContain('POST /api/storage/runs'))
})

test('a clearing up says what it would touch and wants a reason', async () => {
  const calls = render('/storage?tab=clear', { 'GET /api/storage/preview': { documents: 3, clients: 2, size: 4_194_304 }, 'POST /api/storage/runs': { status: 202, body: run } })
  await userEvent.click(await screen.findByRole('button', { name: /Remove earlier versions/ }))
  const dialog = await screen.findByRole('dialog')
  expect(await within(dialog).findByText('3 files of 2 clients, 4 MB. Removed files cannot be had back, except from a backup.')).toBeInTheDocument()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove them for good' }))
  expect(await within(dialog).findByText(/Say in a sentence why/)).toBeInTheDocument()
  await userEvent.type(within(dialog).getByLabelText(/Reason/), 'The disk is nearly full.')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove them for good' }))
  await waitFor(() => expect(calls).toContain('POST /api/storage/runs'))
})

test('nothing is removed that was not counted', async () => {
  let answer: (found: unknown) => void = () => {}
  const counted = new Promise((resolve) => (answer = resolve))
  serve({ 'GET /api/me': me('keep_storage'), 'GET /api/storage': storage, 'GET /api/storage/runs': [run] })
  const others = vi.mocked(globalThis.fetch).getMockImplementation()
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => (input instanceof Request && input.url.includes('/preview') ? Response.json(await counted) : (others?.(input, init) ?? Response.error())))
  renderPage('/storage?tab=clear', { path: '/storage', element: <Component /> })
  await userEvent.click(await screen.findByRole('button', { name: /Remove earlier versions/ }))
  const dialog = await screen.findByRole('dialog')
  const remove = () => within(dialog).getByRole('button', { name: 'Remove them for good' })
  expect(remove()).toHaveAttribute('aria-disabled', 'true')
  answer({ documents: 3, clients: 2, size: 4_194_304 })
  await waitFor(() => expect(remove()).not.toHaveAttribute('aria-disabled', 'true'))
})

test('nothing is removed when it cannot be counted', async () => {
  const calls = render('/storage?tab=clear', { 'GET /api/storage/preview': { status: 500, body: { code: 'server_error' } } })
  await userEvent.click(await screen.findByRole('button', { name: /Remove earlier versions/ }))
  const dialog = await screen.findByRole('dialog')
  await within(dialog).findByRole('alert')
  await userEvent.type(within(dialog).getByLabelText(/Reason/), 'The disk is nearly full.')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Remove them for good' }))
  expect(within(dialog).getByRole('button', { name: 'Remove them for good' })).toHaveAttribute('aria-disabled', 'true')
  expect(calls).not.toContain('POST /api/storage/runs')
})

test('watching a run does not keep anybody signed in', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const ends = [{ ...run, finished_at: null, done: 3 }, run]
  render('/storage?tab=check', { 'GET /api/storage/runs': () => [ends.shift() ?? run] })
  const passive = () => vi.mocked(globalThis.fetch).mock.calls.flatMap(([sent]) => (sent instanceof Request && sent.url.includes('/runs') ? [sent.headers.get('X-Passive')] : []))
  await screen.findByText('3 of 12')
  await vi.advanceTimersByTimeAsync(2_000)
  await waitFor(() => expect(passive()).toEqual([null, '1']))
  await screen.findByText('12 files, all as they should be')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(passive()).toHaveLength(2)
  vi.useRealTimers()
})

test('S3 is looked into when files are kept there, the worst first', async () => {
  const findings = [
    { bucket: 'a', about: 'cors', state: 'good', said: 'There is no CORS rule.', advice: '' },
    { bucket: 'b', about: 'public', state: 'bad', said: 'Public access is not blocked.', advice: 'Turn it on.' },
  ]
  render('/storage?tab=connection', { 'GET /api/storage': { ...storage, store: 's3', free_bytes: null }, 'POST /api/storage/connection-check': findings })
  await userEvent.click(await screen.findByRole('button', { name: 'Look now' }))
  const table = await screen.findByRole('table', { name: 'How S3 is set up' })
  expect(within(table).getAllByRole('row')[1]).toHaveTextContent('Public access is not blocked')
})

test('who does not administer is told whom to ask', async () => {
  render('/storage', {}, [])
  expect(await screen.findByText(/tell an administrator/)).toBeInTheDocument()
})

test('words', () => {
  expect([0, 1023, 1536, 20 * 1_048_576, 50 * GB].map(sizeOf)).toEqual(['0 bytes', '1023 bytes', '1.5 KB', '20 MB', '50 GB'])
  expect(outcome(run)).toBe('12 files, all as they should be')
  expect(outcome({ ...run, finished_at: null, done: 3 })).toBe('3 of 12')
  expect(outcome({ ...run, kind: 'archive', done: 1 })).toBe('1 document archived')
  expect(outcome({ ...run, kind: 'remove_quarantined', done: 2, size: 2048 })).toBe('2 files removed, 2 KB')
  expect([run, { ...run, found: missing }, { ...run, failure: 'Away' }].map(hasTrouble)).toEqual([false, true, true])
})
