import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { Component as PaperPage } from './PaperPage'
import { Component as RepairsPage } from './RepairsPage'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const at = '2026-11-23T12:00:00Z'
const standing: Schema<'StandingOut'> = { of_installation: false, reason: 'The server moves.', until: at, since: at, by_name: 'Ada Ruiz', is_overdue: false }
const nothing = { jobs: [], statements: [], limits: [] }
const session: Schema<'PaperSessionOut'> = {
  id: 'a1', starts_at: '2026-11-23T15:00:00Z', ends_at: '2026-11-23T15:50:00Z', status: 'Scheduled', clinician: 'Ana Cast', place: 'Main office', client_id: 'c1', client: 'Cleo Stone', pronouns: 'she/her', date_of_birth: '1990-05-17',
  phone: '555-0100', okay_to_leave_message: false, email: 'cleo@example.org', contacts: [{ name: 'Rob Stone', relationship: 'brother', phone: '555-0199', is_guardian: false }], alerts: ['Call first'],
}

function renderRepairs(answers: Record<string, unknown> = {}) {
  const calls = serve({ 'GET /api/me': me('run_operations'), 'GET /api/operations/repairs': nothing, 'GET /api/downtime': { standing: null }, ...answers })
  renderPage('/operations/repairs', { path: '/operations/repairs', element: <RepairsPage /> })
  return calls
}

function renderPaper(answers: Record<string, unknown> = {}, can = ['see_schedule']) {
  serve({ 'GET /api/me': me(...can), 'GET /api/downtime/paper': { day: '2026-11-23', made_at: at, sessions: [session] }, ...answers })
  renderPage('/downtime?day=2026-11-23', { path: '/downtime', element: <PaperPage /> })
}

test('it is made read-only with a reason and an expected end, and says so from then on', async () => {
  const bodies: { reason: string; until: string }[] = []
  renderRepairs({
    'POST /api/operations/downtime': ({ body }: { body: { reason: string; until: string } }) => {
      bodies.push(body)
      return { status: 201, body: { standing } }
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Make read-only' }))
  const dialog = await screen.findByRole('dialog')
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.type(within(dialog).getByLabelText(/Reason/), 'The server moves.')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Make read-only' }))
  expect(await screen.findByText(/Read-only since .*, by Ada Ruiz/)).toBeInTheDocument()
  expect(bodies[0]?.reason).toBe('The server moves.')
  expect(Date.parse(bodies[0]?.until ?? '') - Date.now()).toBeGreaterThan(59 * 60_000)
})

test('somebody else has ended it: it says so', async () => {
  const refusal = { type: 'about:blank', title: 'Conflict', status: 409, code: 'not_read_only', detail: 'The product is not read-only any more.', fields: {}, data: {} }
  renderRepairs({ 'GET /api/downtime': { standing }, 'DELETE /api/operations/downtime': { status: 409, body: refusal } })
  await userEvent.click(await screen.findByRole('button', { name: 'End read-only' }))
  await userEvent.click(within(await screen.findByRole('alertdialog', { name: 'Let everybody work again?' })).getByRole('button', { name: 'End read-only' }))
  expect(await screen.findByText(refusal.detail)).toBeInTheDocument()
})

test('the operator’s switch is ended on the machine', async () => {
  renderRepairs({ 'GET /api/downtime': { standing: { ...standing, of_installation: true, is_overdue: true } } })
  expect(await screen.findByText(/mentalspace downtime off/)).toBeInTheDocument()
  expect(screen.getByText(/It was expected to be over/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'End read-only' })).not.toBeInTheDocument()
})

test('a write that is refused makes the page ask why', async () => {
  const refusal = { type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'read_only', detail: 'The product is read-only.', fields: {}, data: {} }
  const calls = renderRepairs({ 'POST /api/operations/downtime': { status: 503, body: refusal } })
  await userEvent.click(await screen.findByRole('button', { name: 'Make read-only' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText(/Reason/), 'The server moves.')
  const before = calls.filter((call) => call === 'GET /api/downtime').length
  await userEvent.click(within(dialog).getByRole('button', { name: 'Make read-only' }))
  expect(await within(dialog).findByText(refusal.detail)).toBeInTheDocument()
  expect(within(dialog).getByLabelText(/Reason/)).toHaveValue('The server moves.')
  await waitFor(() => expect(calls.filter((call) => call === 'GET /api/downtime').length).toBeGreaterThan(before))
})

test('the day on paper has who comes when and whom to call, and is printed', async () => {
  const print = vi.fn()
  vi.stubGlobal('print', print)
  renderPaper()
  expect(await screen.findByText('Cleo Stone')).toBeInTheDocument()
  expect(screen.getByText('10:00 am–10:50 am')).toBeInTheDocument()
  expect(screen.getByText(/Rob Stone/)).toHaveTextContent('In an emergency: Rob Stone (brother), 555-0199')
  expect(screen.getByText(', leave no message')).toBeInTheDocument()
  expect(screen.getByText('Call first')).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Print' }))
  expect(print).toHaveBeenCalledOnce()
})

test('an empty day, and who has no schedule', async () => {
  renderPaper({ 'GET /api/downtime/paper': { day: '2026-11-23', made_at: at, sessions: [] } })
  expect(await screen.findByText('No sessions stand on this day.')).toBeInTheDocument()
  renderPaper({}, [])
  expect(await screen.findByText('You have no schedule to print')).toBeInTheDocument()
})
