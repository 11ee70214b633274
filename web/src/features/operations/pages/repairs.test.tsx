import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { Component } from './RepairsPage'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const at = '2026-11-23T12:00:00Z'
const job: Schema<'StuckJobOut'> = { id: 7, task: 'Sending messages', name: 'notify.deliver', status: 'failed', attempts: 1, since: at, of_installation: false, is_held: false, error: 'OSError' }
const late: Schema<'StuckJobOut'> = { ...job, id: 8, status: 'todo', attempts: 0, error: '', is_held: true, of_installation: true }
const statement: Schema<'RunningStatementOut'> = { id: '41-1-2', pid: 41, application: 'ms_web', state: 'active', waits_for: 'Timeout: PgSleep', seconds: 75, holds_up: 2, statement: 'SELECT pg_sleep($1)' }
const limit: Schema<'ReachedLimitOut'> = { id: 'l1', operation: 'Signing in', person: 'Ana Cast', address: null, attempts: 10, most: 10, began: at, until: at }
const found: Schema<'RepairsOut'> = { jobs: [job, late], statements: [statement], limits: [limit, { ...limit, id: 'l2', person: null, address: '203.0.113.7' }] }
const none = { jobs: [], statements: [], limits: [] }
const REASON = 'It has stood since this morning.'

function render(answers: Record<string, unknown> = {}, can: string[] = ['run_operations']) {
  const calls = serve({ 'GET /api/me': me(...can), 'GET /api/operations/repairs': found, ...answers })
  renderPage('/operations/repairs', { path: '/operations/repairs', element: <Component /> })
  return calls
}

const confirm = async (action: string) => {
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText(/Reason/), REASON)
  await userEvent.click(within(dialog).getByRole('button', { name: action }))
  return dialog
}

test('jobs say what they are and how they stand; one that failed is retried with a reason', async () => {
  const bodies: unknown[] = []
  render({
    'POST /api/operations/repairs/jobs/7/retry': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return { ...found, jobs: [late] }
    },
  })
  expect(await screen.findByText(/Tried once, the last time.*The error: OSError/)).toBeInTheDocument()
  expect(screen.getByText(/The same work is being done just now/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Retry.*number 8/ })).not.toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: /Retry.*number 7/ }))
  await confirm('Retry job')
  await waitFor(() => expect(bodies).toEqual([{ reason: REASON }]))
  await waitFor(() => expect(screen.queryByText(/number 7$/)).not.toBeInTheDocument())
})

test('the worker was quicker: it says so, and the reason stays', async () => {
  const refusal = { type: 'about:blank', title: 'Conflict', status: 409, code: 'taken_by_worker', detail: 'The worker is doing this job just now.', fields: {}, data: {} }
  render({ 'POST /api/operations/repairs/jobs/8/drop': { status: 409, body: refusal } })
  await userEvent.click(await screen.findByRole('button', { name: /Drop.*number 8/ }))
  const dialog = await confirm('Drop job')
  expect(await within(dialog).findByText(refusal.detail)).toBeInTheDocument()
  expect(within(dialog).getByLabelText(/Reason/)).toHaveValue(REASON)
})

test('a statement that stays after it was cancelled is ended with its connection', async () => {
  const bodies: unknown[] = []
  render({
    'POST /api/operations/repairs/statements/41-1-2/end': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return found
    },
  })
  expect(await screen.findByText('2 others wait for it.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: /End it/ }))
  await confirm('End statement')
  expect(await screen.findByText(/has not yet/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: /End its connection/ }))
  await confirm('End connection')
  await waitFor(() => expect(bodies).toEqual([{ disconnects: false, reason: REASON }, { disconnects: true, reason: REASON }]))
})

test('a limit is lifted', async () => {
  const calls = render({ 'POST /api/operations/repairs/limits/l1/lift': none })
  expect(await screen.findByText('Signing in: everybody at 203.0.113.7')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: /Lift.*Ana Cast/ }))
  await confirm('Lift limit')
  await waitFor(() => expect(calls).toContain('POST /api/operations/repairs/limits/l1/lift'))
  expect(await screen.findByText('Nobody has to wait.')).toBeInTheDocument()
})

test('nothing is to be repaired', async () => {
  render({ 'GET /api/operations/repairs': none })
  expect(await screen.findByText('No job has failed, and none waits for long.')).toBeInTheDocument()
  expect(screen.getByText('Nothing has run for longer than ten seconds.')).toBeInTheDocument()
})

test('nobody else sees it', async () => {
  render({}, [])
  expect(await screen.findByText('Repairs are the administrators’')).toBeInTheDocument()
})
