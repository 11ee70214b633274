import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Suspense } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import type { Notification } from '@/api/notifications'
import { addressOf } from './address'
import { NotificationsPanel } from './parts/NotificationsPanel'

const me = { id: 'u1', name: 'Ana Reyes', initials: 'AR', email: '', roles: [], acting_in: [], can: [], practice: { id: 'p', name: 'Harbour', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' } }
const moved: Notification = { id: 'n1', kind: 'appointment.moved', title: 'An appointment of yours has a new time', text: 'Cleo Client: Tuesday', client_id: 'c1', about_type: 'appointment', about_id: 'a1', day: '2026-11-24', created_at: '2026-11-23T15:00:00.123456Z', read_at: null }
const joined: Notification = { ...moved, id: 'n2', title: 'You joined a care team', text: 'You now see the chart of a client.', client_id: null, about_type: 'client', about_id: 'c2', day: null, created_at: '2026-11-22T15:00:00Z', read_at: '2026-11-22T16:00:00Z' }

function open(answers: Record<string, unknown>, unread = 1) {
  const calls = serve({ 'GET /api/me': me, ...answers })
  const onClose = vi.fn()
  const page = renderPage('/', { path: '/', element: <Suspense><NotificationsPanel unread={unread} onClose={onClose} /></Suspense> }, { path: '*', element: <h1>Elsewhere</h1> })
  return { calls, onClose, ...page }
}

beforeEach(() => vi.spyOn(console, 'error').mockImplementation(() => undefined))
afterEach(() => vi.restoreAllMocks())

test('unread stands before what was read, and a row leads to its thing, read by going there', async () => {
  const { calls, onClose, router } = open({ 'GET /api/notifications': { items: [moved, joined], next: null }, 'POST /api/notifications/n1/reading': { unread: 0 } })
  const panel = await screen.findByRole('dialog', { name: 'Notifications' })
  const unread = await within(panel).findByRole('region', { name: 'Unread' })
  expect(within(panel).getByRole('region', { name: 'Earlier' })).toHaveTextContent('no longer open')
  expect(await axeViolations(panel)).toEqual([])
  await userEvent.click(within(unread).getByRole('link'))
  await waitFor(() => expect(router.state.location.pathname + router.state.location.search).toBe('/calendar?date=2026-11-24&open=a1'))
  expect(calls).toContain('POST /api/notifications/n1/reading')
  expect(onClose).toHaveBeenCalled()
})

test('all are marked up to the newest that is on screen', async () => {
  let sent: unknown
  open({
    'GET /api/notifications': { items: [moved, joined], next: null },
    'POST /api/notifications/reading': ({ body }: { body: unknown }) => {
      sent = body
      return { unread: 0 }
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Mark all as read' }))
  await waitFor(() => expect(sent).toEqual({ until: moved.created_at }))
})

test('one is marked without leaving; a refusal is said', async () => {
  const { onClose, router } = open({ 'GET /api/notifications': { items: [moved], next: null }, 'POST /api/notifications/n1/reading': { status: 500, body: { code: 'failed', detail: 'Something went wrong.' } } })
  await userEvent.click(await screen.findByRole('button', { name: 'Mark as read' }))
  expect(await screen.findByText(/Not marked as read/)).toBeVisible()
  expect(router.state.location.pathname).toBe('/')
  expect(onClose).not.toHaveBeenCalled()
})

test('an empty bell says what would be there, and a failure how to go on', async () => {
  open({ 'GET /api/notifications': { items: [], next: null } }, 0)
  expect(await screen.findByText('Nothing yet')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Mark all as read' })).toBeNull()
})

test('what cannot be loaded can be asked for again', async () => {
  open({ 'GET /api/notifications': { status: 500, body: { code: 'failed', title: 'Not loaded', detail: 'Something went wrong.' } } })
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible()
})

test.each([
  [{ ...moved, day: null }, null],
  [{ ...joined, client_id: 'c2' }, '/clients/c2'],
  [{ ...joined, about_type: 'emergency_access' }, '/emergency-access/c2'],
  [{ ...joined, about_type: 'person' }, '/people/c2'],
  [{ ...joined, about_type: 'document', client_id: 'c1' }, '/clients/c1?tab=documents'],
  [{ ...joined, about_type: 'document' }, null],
  [{ ...joined, about_type: 'measure', client_id: 'c1' }, '/clients/c1'],
  [{ ...joined, about_type: 'rules' }, '/messages/rules'],
  [{ ...joined, about_type: 'incident' }, '/security/incidents/c2'],
  [{ ...joined, about_type: 'what nobody knows yet' }, null],
])('each kind of thing has its address', (row, address) => expect(addressOf(row)).toBe(address))
