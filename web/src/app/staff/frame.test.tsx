import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { areasFor } from './areas'
import * as Frame from './Frame'

const practice = { id: 'p', name: 'Harbour', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' }
const person = (name: string, ...can: string[]) => ({ id: 'u1', name, initials: 'XX', email: '', roles: ['administrator'], acting_in: ['administrator'], practice, can })
const ada = person('Ada Osei', 'see_clients', 'see_schedule', 'administer_people', 'oversee')
const ana = person('Ana Reyes', 'see_clients', 'see_schedule')

function open(me: typeof ada) {
  serve({ 'GET /api/me': me, 'GET /api/session': { idle_seconds_left: 900, seconds_left: 40_000 } })
  return renderPage('/other', { ...Frame, children: [{ path: '*', element: <h1>The page</h1> }] })
}

beforeEach(() => vi.stubGlobal('scrollTo', () => undefined))

test.each([['an administrator', ada], ['a clinician', ana]])('every key to an area of %s leads there', async (_, me) => {
  const { router } = open(me)
  await screen.findByRole('heading', { name: 'The page' })
  for (const { keys, href } of areasFor(me).toReversed()) {
    await userEvent.keyboard(keys.replace(' ', ''))
    await waitFor(() => expect(router.state.location.pathname).toBe(href))
  }
})

test('a key to an area one does not have does nothing, and the map does not show it', async () => {
  const { router } = open(ana)
  await screen.findByRole('heading', { name: 'The page' })
  await userEvent.keyboard('gsgagp')
  expect(router.state.location.pathname).toBe('/other')
  await userEvent.keyboard('?')
  const map = await screen.findByRole('dialog', { name: 'Keyboard map' })
  expect(within(map).getByRole('region', { name: 'Go to' })).toHaveTextContent(/Today.*Calendar.*Clients.*Library/)
  for (const word of ['People', 'Security', 'Audit trail']) expect(map).not.toHaveTextContent(word)
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Keyboard map' })).toBeNull())
})

test('the bar of a phone has four places; what does not fit stands behind the last', async () => {
  const { router } = open(ada)
  const bar = (await screen.findAllByRole('navigation', { name: 'Areas' })).at(-1) as HTMLElement
  expect(within(bar).getAllByRole('link').map((link) => link.textContent)).toEqual(['Today', 'Calendar', 'Clients'])
  await userEvent.click(within(bar).getByRole('button', { name: 'More' }))
  const menu = await screen.findByRole('menu', { name: 'More' })
  expect(within(menu).getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['Forms', 'Library', 'People', 'Security', 'Audit trail'])
  await userEvent.click(within(menu).getByRole('menuitem', { name: 'Audit trail' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/audit'))
  expect(await axeViolations(bar)).toEqual([])
})

test('whoever has few areas has no place to look behind', async () => {
  open(person('Bo Lin', 'see_schedule'))
  const bar = (await screen.findAllByRole('navigation', { name: 'Areas' })).at(-1) as HTMLElement
  expect(within(bar).getAllByRole('link')).toHaveLength(3)
  expect(within(bar).queryByRole('button')).toBeNull()
})

test('the bell says how many wait, asks again without counting as work, and opens on a press', async () => {
  serve({
    'GET /api/me': ana,
    'GET /api/session': { idle_seconds_left: 900, seconds_left: 40_000 },
    'GET /api/notifications/unread': { unread: 2 },
    'GET /api/notifications': { items: [], next: null },
  })
  renderPage('/other', { ...Frame, children: [{ path: '*', element: <h1>The page</h1> }] })
  const bell = await screen.findByRole('button', { name: 'Notifications, 2 unread' })
  vi.mocked(globalThis.fetch).mockClear()
  document.dispatchEvent(new Event('visibilitychange'))
  await waitFor(() => expect(globalThis.fetch).toHaveBeenCalled())
  const asked = vi.mocked(globalThis.fetch).mock.calls.map(([input]) => input as Request).find(({ url }) => url.endsWith('/unread'))
  expect(asked?.headers.get('X-Passive')).toBe('1')
  await userEvent.click(bell)
  expect(await screen.findByRole('dialog', { name: 'Notifications' })).toBeVisible()
})

test('while nothing can be saved every page says why, until when, and where the day stands on paper', async () => {
  const standing = { of_installation: false, reason: 'The server moves.', until: '2026-11-23T12:00:00Z', since: '2026-11-23T11:00:00Z', by_name: 'Ada Osei', is_overdue: true }
  serve({ 'GET /api/me': ana, 'GET /api/session': { idle_seconds_left: 900, seconds_left: 40_000 }, 'GET /api/downtime': { standing } })
  renderPage('/other', { ...Frame, children: [{ path: '*', element: <h1>The page</h1> }] })
  const banner = await screen.findByRole('alert', { name: 'Read-only' })
  await within(banner).findByText(/takes longer/)
  expect(banner).toHaveTextContent(/The server moves\. It was expected to be over .*, and takes longer\. What you have typed stays/)
  expect(within(banner).getByRole('link', { name: 'The day on paper' })).toHaveAttribute('href', '/downtime')
  expect(await axeViolations(banner)).toEqual([])
})
