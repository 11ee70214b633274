import { configure, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { ageOf } from './age'
import { TodayPage, todayLoader } from './pages/TodayPage'

configure({ asyncUtilTimeout: 5000 })

const zone = 'America/New_York'
const me = { id: 'ana', name: 'Ana Reyes', initials: 'AR', email: '', roles: ['clinician'], acting_in: ['clinician'], practice: { id: 'p', name: 'Harbour', timezone: zone, opens_at: '08:00', closes_at: '19:00' }, can: ['see_schedule', 'write_notes', 'read_notes'] }
const todo = { kind: 'note_to_write', client_id: 'c1', client_name: 'Cleo Adams', appointment_id: 'a1', note_id: null, since: '2020-01-02T15:00:00Z', what: 'Individual Therapy' }
const day = { day: '2020-01-06', timezone: zone, appointments: [], notes_to_write: [todo], notes_unsigned: [{ ...todo, kind: 'note_unsigned', note_id: 'n2', client_name: 'Robin Hale' }] }
const page = { path: '/', loader: todayLoader, Component: () => <TodayPage sessions={({ appointments }) => <p>{appointments.length} shown</p>} /> }
const note = { path: '/notes/:id', element: <p>the note</p> }

afterEach(() => vi.useRealTimers())

test('an empty day is kind, offers the week, and the list leads to the notes', async () => {
  const user = userEvent.setup()
  serve({ 'GET /api/me': me, 'GET /api/today': day, 'POST /api/notes': { status: 201, body: { id: 'n1' } } })
  const { router } = renderPage('/?day=2020-01-06', page, note)
  expect(await screen.findByRole('link', { name: 'See the week' })).toHaveAttribute('href', '/calendar?date=2020-01-06')
  expect(screen.getByRole('link', { name: 'Finish note' })).toHaveAttribute('href', '/notes/n2')
  expect(screen.getAllByLabelText('overdue')).toHaveLength(2)
  expect(await axeViolations(document.body)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Write note: Cleo Adams' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/notes/n1'))
})

test('the day is stepped through by keyboard, and stands in the address', async () => {
  const user = userEvent.setup()
  serve({ 'GET /api/me': me, 'GET /api/today': ({ url }: { url: URL }) => ({ ...day, day: url.searchParams.get('day') }) })
  const { router } = renderPage('/?day=2020-01-06', page)
  await screen.findByText('No sessions on Mon 6 Jan 2020')
  await user.keyboard('{ArrowRight}')
  await waitFor(() => expect(router.state.location.search).toBe('?day=2020-01-07'))
  await screen.findByText('No sessions on Tue 7 Jan 2020')
  await user.keyboard('{ArrowLeft}')
  await waitFor(() => expect(router.state.location.search).toBe('?day=2020-01-06'))
  await user.keyboard('t')
  await waitFor(() => expect(router.state.location.search).toBe(''))
})

test('looking again by itself does not keep anybody signed in', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  serve({ 'GET /api/me': me, 'GET /api/today': day })
  const passive = () => vi.mocked(globalThis.fetch).mock.calls.flatMap(([sent]) => (sent instanceof Request && sent.url.includes('/api/today') ? [sent.headers.get('X-Passive')] : []))
  renderPage('/?day=2020-01-06', page)
  await screen.findByText('No sessions on Mon 6 Jan 2020')
  await vi.advanceTimersByTimeAsync(61_000)
  await waitFor(() => expect(passive()).toEqual([null, '1']))
})

test('billing has nothing to do here, and nothing is asked of the server', async () => {
  const calls = serve({ 'GET /api/me': { ...me, roles: ['billing'], can: [] } })
  renderPage('/', page)
  expect(await screen.findByRole('heading', { name: 'Nothing waits for you here' })).toBeVisible()
  expect(calls).not.toContain('GET /api/today')
})

test('ages are read in the practice\'s days', () => {
  const now = new Date('2026-11-24T04:30:00Z') // still Monday evening in New York
  expect(ageOf('2026-11-23T13:00:00Z', zone, now)).toBe('today')
  expect(ageOf('2026-11-22T23:00:00Z', zone, now)).toBe('yesterday')
  expect(ageOf('2026-11-19T23:00:00Z', zone, now)).toBe('4 days ago')
  expect(ageOf('2026-10-01T15:00:00Z', zone, now)).toBe('Thu 1 Oct')
})
