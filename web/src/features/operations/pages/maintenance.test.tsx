import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { Component } from './OperationsPage'

const me: Schema<'MeOut'> = {
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can: ['run_operations'],
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
}
const at = '2026-11-22T03:32:00Z'
const run: Schema<'MaintenanceRunOut'> = {
  id: 'r1', task: 'vacuum', title: 'Vacuum and analyze', asked_by: null, reason: '', created_at: at, started_at: at, finished_at: at,
  state: 'attention', says: '143 tables were vacuumed and analyzed in 2.4 s.', details: ['public.clients was in use and left out.'],
}
const task: Schema<'MaintenanceTaskOut'> = {
  key: 'vacuum', often: 'weekly', title: 'Vacuum and analyze', runbook: 'Vacuum analyze to optimize performance',
  does: 'Every table is vacuumed.', next_at: '2026-11-29T03:30:00Z', last: run, waiting: null,
}

function render(tasks: Schema<'MaintenanceTaskOut'>[], answers: Record<string, unknown> = {}) {
  serve({ 'GET /api/me': me, 'GET /api/operations/maintenance': tasks, 'GET /api/operations/maintenance-runs': { items: [run], next: null }, ...answers })
  renderPage('/operations?tab=maintenance', { path: '/operations', element: <Component /> })
}

test('each task says how it went, what was found, and when it is next', async () => {
  render([task])
  const weekly = await screen.findByRole('region', { name: 'Every week' })
  expect(within(weekly).getByText('143 tables were vacuumed and analyzed in 2.4 s.')).toBeInTheDocument()
  expect(within(weekly).getByText('public.clients was in use and left out.')).toBeInTheDocument()
  expect(within(weekly).getByText('Look at it')).toBeInTheDocument()
  expect(within(weekly).getByText(/Next/)).toBeInTheDocument()
  expect(await screen.findByText(/on its schedule/)).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
})

test('one is done now for a reason; a refusal keeps what was typed', async () => {
  const bodies: unknown[] = []
  const refusal = { type: 'about:blank', title: 'Conflict', status: 409, code: 'task_runs', detail: 'This task runs already.', fields: {}, data: {} }
  render([task], {
    'POST /api/operations/maintenance/vacuum/runs': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return { status: 409, body: refusal }
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Run now: Vacuum and analyze' }))
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByText('Every table is vacuumed.')).toBeInTheDocument()
  await userEvent.type(within(dialog).getByLabelText(/Why now/), 'After the large import.')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Run now' }))
  expect(await within(dialog).findByText('This task runs already.')).toBeInTheDocument()
  expect(within(dialog).getByLabelText(/Why now/)).toHaveValue('After the large import.')
  await waitFor(() => expect(bodies).toEqual([{ reason: 'After the large import.' }]))
})

test('one that is being done says so, and cannot be asked for again', async () => {
  render([{ ...task, last: null, waiting: { ...run, state: null, finished_at: null, asked_by: 'Ada Ruiz' } }])
  expect(await screen.findByText('Being done now …')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Run now/ })).not.toBeInTheDocument()
})
