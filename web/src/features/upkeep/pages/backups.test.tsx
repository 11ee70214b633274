import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { asTyped, duration, type Backups } from '../backups'
import { Component } from './StoragePage'

const me: Schema<'MeOut'> = {
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can: ['keep_storage'],
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
}
const step = { name: 'restore', state: 'passed', said: '66 MB unpacked.', seconds: 2.4 } as const
const drill: Backups['drills'][number] = { id: '20261123T031500Z', began_at: '2026-11-23T03:15:00Z', ended_at: '2026-11-23T03:15:15Z', backup: 'b1', passed: true, seconds: 15, steps: [step] }
const backup: Backups['backups'][number] = { id: 'b1', kind: 'daily', began_at: '2026-11-23T02:00:00Z', verified_at: '2026-11-23T02:00:09Z', size: 11 * 1_048_576, plain: 66 * 1_048_576, objects: 12, since: '2026-11-23T02:00:10Z', until: '2026-11-23T15:00:00Z' }
const all: Backups = {
  state: 'here', covered_until: '2026-11-23T15:00:00Z', behind_seconds: 12, oldest_moment: backup.since, newest_moment: backup.until, size: 20 * 1_048_576,
  overdue: [], failure: '', has_recovery_key: true, backup_runs: false, drill_runs: false, backups: [backup], drills: [drill],
}

function render(backups: Partial<Backups> = {}, answers: Record<string, unknown> = {}) {
  const calls = serve({ 'GET /api/me': me, 'GET /api/storage': { status: 404, body: { code: 'not_found' } }, 'GET /api/backups': { ...all, ...backups }, ...answers })
  renderPage('/storage?tab=backups', { path: '/storage', element: <Component /> })
  return calls
}

test('how backups stand, what the drill found, and how to bring a moment back', async () => {
  render()
  expect(await screen.findByText('12 seconds ago')).toBeInTheDocument()
  const drills = screen.getByRole('table', { name: 'Restore drills' })
  expect(drills).toHaveTextContent('Every step passed, in 15 seconds')
  expect(within(drills).getByText('Signed certificate')).toHaveAttribute('href', '/api/backups/drills/20261123T031500Z')
  expect(screen.getByRole('table', { name: 'Backups' })).toHaveTextContent('11 MB')
  expect(screen.getByText('mentalspace restore --to 2026-11-23T15:00:00Z')).toBeInTheDocument()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
})

test('a backup and a drill are asked for, and not twice', async () => {
  const calls = render({}, { 'POST /api/backups': { status: 202, body: all }, 'POST /api/backups/drills': { status: 409, body: { code: 'backup_runs', detail: 'This runs already.' } } })
  await userEvent.click(await screen.findByRole('button', { name: 'Back up now' }))
  await waitFor(() => expect(calls).toContain('POST /api/backups'))
  await userEvent.click(screen.getByRole('button', { name: 'Run the drill now' }))
  expect(await screen.findByText('This runs already.')).toBeInTheDocument()
})

test('while one runs its button waits', async () => {
  render({ backup_runs: true, drill_runs: true })
  expect(await screen.findByText('Being made now')).toBeInTheDocument()
  for (const name of ['Back up now', 'Run the drill now']) expect(screen.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true')
})

test('what is wrong comes first, in words', async () => {
  const failed: Backups['drills'][number] = { ...drill, passed: false, steps: [step, { name: 'files', state: 'failed', said: 'The file x is not in the backup.', seconds: 0 }, { name: 'access', state: 'could not run', said: 'What it needs was not there.', seconds: 0 }] }
  render({ overdue: ['drill', 'log'], failure: 'There is too little room.', has_recovery_key: false, drills: [failed] })
  const alerts = await screen.findAllByRole('alert')
  expect(alerts.map((alert) => alert.textContent)).toEqual([
    expect.stringContaining('No restore drill passed'),
    expect.stringContaining('is not being backed up'),
    expect.stringContaining('There is too little room.'),
    expect.stringContaining('mentalspace backup --recovery-key'),
  ])
  expect(screen.getByRole('table', { name: 'Restore drills' })).toHaveTextContent('Files decrypted: The file x is not in the backup.')
  expect(screen.getByText(/Could not run/)).toBeInTheDocument()
})

test('before the first backup nothing is offered that is not there', async () => {
  render({ covered_until: null, behind_seconds: null, oldest_moment: null, newest_moment: null, backups: [], drills: [] })
  expect(await screen.findByText('The first minute is still to come')).toBeInTheDocument()
  expect(screen.queryByText('Bringing a moment back')).not.toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Run the drill now' })).toHaveAttribute('aria-disabled', 'true')
})

test('a database of one’s own, and a disk that is away', async () => {
  render({ state: 'elsewhere' })
  expect(await screen.findByText(/Whoever runs that server makes the backups/)).toBeInTheDocument()
})

test('words', () => {
  expect([1, 12, 89, 90, 240, 5_399, 5_400, 7_200].map(duration)).toEqual(['1 second', '12 seconds', '89 seconds', '2 minutes', '4 minutes', '90 minutes', '2 hours', '2 hours'])
  expect(asTyped('2026-11-23T15:00:00.987654Z')).toBe('2026-11-23T15:00:00Z')
})
