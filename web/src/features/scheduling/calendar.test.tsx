import { act, configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import * as CalendarPage from './pages/CalendarPage'
import { anAppointment, clinician, frontDesk } from './test-data'

configure({ asyncUtilTimeout: 5000 })

const page = { path: '/calendar', ...CalendarPage }
const week = '/calendar?date=2026-11-24'
const schedule = (...appointments: ReturnType<typeof anAppointment>[]) => ({ appointments, hours: { ana: [{ weekday: 2, starts_at: '09:00', ends_at: '17:00' }] } })
const locations = [{ id: 'l1', name: 'Main Street', is_telehealth: false, rooms: [{ id: 'r1', name: 'Birch' }] }]
const cleo = { id: 'c1', name: 'Cleo Adams', legal_name: 'Cleo Adams', medical_record_number: 'M1', date_of_birth: '1990-01-01', age: 36, pronouns: '', status: 'Active' }
const base = { 'GET /api/me': clinician, 'GET /api/locations': locations, 'GET /api/clients/search': { items: [cleo], next: null } }

beforeEach(() => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue({ top: 0, bottom: 1440, left: 0, right: 100, width: 100, height: 1440, x: 0, y: 0, toJSON: () => ({}) })
})

test('the week over the clock change: 3 pm on both sides, in the practice\'s zone, and no violations', async () => {
  serve({ ...base, 'GET /api/appointments': schedule(anAppointment({ starts_at: '2026-10-27T19:00:00Z', ends_at: '2026-10-27T19:50:00Z' }), anAppointment({ id: 'a2', client_name: 'Robin Hale', starts_at: '2026-11-01T20:00:00Z', ends_at: '2026-11-01T20:50:00Z' })) })
  renderPage('/calendar?date=2026-10-28', page)
  expect(await screen.findByRole('button', { name: /Cleo Adams, Tue 27 Oct, 3:00 – 3:50 pm, Scheduled/ })).toBeVisible()
  const heights = screen.getAllByRole('listitem').map((item) => item.style.top)
  expect(screen.getByRole('button', { name: /Robin Hale, Sun 1 Nov, 3:00 – 3:50 pm/ })).toBeVisible()
  expect(new Set(heights).size).toBe(1)
  expect(await axeViolations(document.body)).toEqual([])
})

test('booking a taken time keeps what was typed and books at an offered one', async () => {
  const user = userEvent.setup()
  const sent: { starts_at: string; appointment_notes: string; client_id: string }[] = []
  serve({
    ...base,
    'GET /api/appointments': schedule(),
    'POST /api/appointments': ({ body }: { body: (typeof sent)[number] }) => {
      sent.push(body)
      if (sent.length === 1) return { status: 409, body: { code: 'double_booked', detail: 'Not booked.', data: { who: 'clinician', alternatives: ['2026-11-24T15:00:00Z'] } } }
      return { status: 201, body: { appointment: anAppointment(), booked: 3, skipped: [{ starts_at: '2026-12-01T15:00:00Z', reason: 'the room is already taken at this time' }] } }
    },
  })
  renderPage(week, page)
  await user.click(await screen.findByRole('button', { name: 'New session' }))
  await user.type(await screen.findByRole('combobox', { name: /Client/ }), 'Cleo')
  await user.click(await screen.findByRole('option', { name: /Cleo Adams/ }))
  await user.type(screen.getByRole('textbox', { name: /Memo/ }), 'Bring the form')
  await user.click(screen.getByRole('button', { name: 'Book session' }))
  await user.click(await screen.findByRole('button', { name: 'Book Tue 24 Nov, 10:00 – 10:50 am' }))
  const told = await screen.findByRole('dialog', { name: '3 of 4 sessions booked' })
  expect(within(told).getByText(/room is already taken/)).toBeVisible()
  expect(sent[1]).toMatchObject({ client_id: 'c1', appointment_notes: 'Bring the form', starts_at: '2026-11-24T15:00:00.000Z' })
})

test('without a client nothing is sent, and the field says so', async () => {
  const user = userEvent.setup()
  const calls = serve({ ...base, 'GET /api/appointments': schedule() })
  renderPage(week, page)
  await screen.findByRole('button', { name: 'New session' })
  await user.keyboard('n')
  await user.click(await screen.findByRole('button', { name: 'Book session' }))
  expect(await screen.findByText('Choose the client.')).toBeVisible()
  expect(calls).not.toContain('POST /api/appointments')
})

test('a session is opened by keyboard, moved in the form, and a series asks how far', async () => {
  const user = userEvent.setup()
  const one = anAppointment({ series_id: 's1' })
  const sent: unknown[] = []
  serve({
    ...base,
    'GET /api/appointments': schedule(one),
    'GET /api/appointments/a1': one,
    'PATCH /api/appointments/a1': ({ body }: { body: unknown }) => {
      sent.push(body)
      return { appointment: one, booked: 4, skipped: [] }
    },
  })
  renderPage(week, page)
  const chip = await screen.findByRole('button', { name: /Cleo Adams.*part of a series/ })
  act(() => chip.focus())
  await user.keyboard('{Enter}')
  await user.click(await screen.findByRole('button', { name: 'Edit session' }))
  await user.click((await screen.findAllByRole('spinbutton', { name: /hour/ }))[0]!)
  await user.keyboard('4')
  await user.click(screen.getByRole('button', { name: 'Save session' }))
  const scope = await screen.findByRole('dialog', { name: 'Change which sessions?' })
  await user.click(within(scope).getByRole('radio', { name: /This and the following/ }))
  await user.click(within(scope).getByRole('button', { name: 'Save changes' }))
  expect(await screen.findByText('4 sessions changed')).toBeVisible()
  expect(sent).toEqual([{ starts_at: '2026-11-24T21:00:00.000Z', ends_at: '2026-11-24T21:50:00.000Z', version: 1, scope: 'following' }])
})

test('dragging moves at once, says where to, and Undo takes it back at the new version', async () => {
  const user = userEvent.setup()
  const sent: { version: number; starts_at: string }[] = []
  serve({
    ...base,
    'GET /api/appointments': schedule(anAppointment()),
    'PATCH /api/appointments/a1': ({ body }: { body: (typeof sent)[number] }) => {
      sent.push(body)
      return { appointment: anAppointment({ version: body.version + 1, starts_at: body.starts_at }), booked: 1, skipped: [] }
    },
  })
  Element.prototype.setPointerCapture = () => undefined
  renderPage('/calendar?view=day&date=2026-11-24', page)
  const chip = await screen.findByRole('button', { name: /Cleo Adams/ })
  await user.pointer([{ keys: '[MouseLeft>]', target: chip, coords: { x: 10, y: 910 } }, { target: chip, coords: { x: 10, y: 960 } }, { target: chip, coords: { x: 10, y: 970 } }, { keys: '[/MouseLeft]', target: chip }])
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({ version: 1, scope: 'this', starts_at: '2026-11-24T21:00:00.000Z' })
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(sent).toHaveLength(2))
  expect(sent[1]).toMatchObject({ version: 2, starts_at: '2026-11-24T20:00:00Z' })
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('cancelling wants a reason', async () => {
  const user = userEvent.setup()
  const calls = serve({ ...base, 'GET /api/appointments': schedule(anAppointment()), 'GET /api/appointments/a1': anAppointment(), 'POST /api/appointments/a1/cancellation': { appointment: anAppointment({ status: 'Cancelled' }), booked: 1, skipped: [] } })
  renderPage(`${week}&open=a1`, page)
  await user.click(await screen.findByRole('button', { name: 'More' }))
  await user.click(await screen.findByRole('menuitem', { name: /Cancel session/ }))
  const dialog = await screen.findByRole('dialog', { name: 'Cancel session' })
  await user.click(within(dialog).getByRole('button', { name: 'Cancel session' }))
  expect(calls).not.toContain('POST /api/appointments/a1/cancellation')
  await user.click(within(dialog).getByRole('button', { name: /Reason/ }))
  await user.click(await screen.findByRole('option', { name: 'Illness' }))
  await user.click(within(dialog).getByRole('button', { name: 'Cancel session' }))
  await waitFor(() => expect(calls).toContain('POST /api/appointments/a1/cancellation'))
})

test('the front desk chooses whose calendar; the choice is in the address', async () => {
  const user = userEvent.setup()
  const staff = [
    { id: 'ana', name: 'Ana Reyes', credentials: 'LCSW', roles: ['clinician'], calendar_color: 0, is_schedulable: true },
    { id: 'fay', name: 'Fay Moss', credentials: '', roles: ['front_desk'], calendar_color: 1, is_schedulable: false },
  ]
  serve({ ...base, 'GET /api/me': frontDesk, 'GET /api/staff': staff, 'GET /api/appointments': schedule(anAppointment({ status: 'Completed' })) })
  const { router } = renderPage(week, page)
  await user.click(await screen.findByRole('button', { name: 'Everybody' }))
  expect(screen.queryByRole('checkbox', { name: 'Fay Moss' })).toBeNull()
  await user.click(await screen.findByRole('checkbox', { name: 'Ana Reyes, LCSW' }))
  await waitFor(() => expect(router.state.location.search).toContain('clinicians=ana'))
  expect(screen.queryByText(/Note to write/)).toBeNull()
})

const two = [
  { id: 'ana', name: 'Ana Reyes', credentials: 'LCSW', roles: ['clinician'], calendar_color: 0, is_schedulable: true },
  { id: 'ben', name: 'Ben Ide', credentials: '', roles: ['clinician'], calendar_color: 1, is_schedulable: true },
]

test('everybody\'s week has a column for each clinician, which leads to their calendar alone', async () => {
  const user = userEvent.setup()
  serve({ ...base, 'GET /api/me': frontDesk, 'GET /api/staff': two, 'GET /api/appointments': schedule(anAppointment(), anAppointment({ id: 'a2', client_name: 'Robin Hale', clinician_id: 'ben', clinician_name: 'Ben Ide' })) })
  const { router } = renderPage(week, page)
  const bens = await screen.findByRole('list', { name: 'Ben Ide, sessions' })
  expect(within(bens).getByRole('button', { name: /Robin Hale/ })).toBeVisible()
  expect(within(bens).queryByRole('button', { name: /Cleo Adams/ })).toBeNull()
  expect(await axeViolations(document.body)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Ben Ide, 1 session' }))
  await waitFor(() => expect(router.state.location.search).toContain('clinicians=ben'))
})

test('every key of the calendar does what the map says', async () => {
  const user = userEvent.setup()
  serve({ ...base, 'GET /api/appointments': schedule(anAppointment(), anAppointment({ id: 'a2', client_name: 'Robin Hale', starts_at: '2026-11-24T21:00:00Z', ends_at: '2026-11-24T21:50:00Z' })) })
  const { router } = renderPage(week, page)
  await screen.findByRole('button', { name: /Cleo Adams/ })
  const asked = () => new URLSearchParams(router.state.location.search)
  const presses: [string, () => unknown, unknown][] = [
    ['{ArrowDown}', () => document.activeElement?.textContent, expect.stringContaining('Cleo Adams') as string],
    ['{ArrowDown}', () => document.activeElement?.textContent, expect.stringContaining('Robin Hale') as string],
    ['{ArrowUp}', () => document.activeElement?.textContent, expect.stringContaining('Cleo Adams') as string],
    ['{ArrowRight}', () => asked().get('date'), '2026-11-30'],
    ['{ArrowLeft}', () => asked().get('date'), '2026-11-23'],
    ['1', () => asked().get('view'), 'day'],
    ['3', () => asked().get('view'), 'month'],
    ['2', () => asked().get('view'), null],
    ['t', () => asked().get('date'), null],
  ]
  for (const [key, seen, wanted] of presses) {
    await user.keyboard(key)
    await waitFor(() => expect(seen()).toEqual(wanted))
  }
  await user.keyboard('n')
  expect(await screen.findByRole('dialog', { name: 'New session' })).toBeVisible()
})
