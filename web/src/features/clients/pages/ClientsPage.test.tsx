import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { cleo, clinician, frontDesk, me, row, staff } from '../test-data'
import * as ClientsPage from './ClientsPage'

const route = { path: '/clients', ...ClientsPage }
const chart = { path: '/clients/:clientId', element: <p>The chart</p> }

/** Serves a list and returns the query of each time it was asked for. */
function serveList(items: unknown[], person = clinician, others: Record<string, unknown> = {}) {
  const asked: string[] = []
  const list = ({ url }: { url: URL }) => {
    asked.push(url.search)
    return { items, next: null }
  }
  serve({ 'GET /api/me': person, 'GET /api/clients': list, 'GET /api/staff': staff, ...others })
  return asked
}

test('lists clients, each row a link to the chart, and breaks no rule', async () => {
  serveList([row])
  renderPage('/clients', route)
  const table = await screen.findByRole('table', { name: 'Clients' })
  expect(within(table).getByRole('link', { name: /Cleo Marsh/ })).toHaveAttribute('href', '/clients/c1')
  expect(table).toHaveTextContent('Cleopatra Anne Marsh')
  expect(table).toHaveTextContent('35 · 12 Mar 1991')
  expect(screen.queryByRole('button', { name: 'New client' })).not.toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
})

test('filters go to the server and stand in the address; words searched for do not', async () => {
  const asked = serveList([row])
  const { router } = renderPage('/clients?status=Discharged', route)
  expect(await screen.findByRole('button', { name: 'Discharged' })).toHaveAttribute('aria-pressed', 'true')
  expect(asked.at(-1)).toContain('status=Discharged')
  await userEvent.click(screen.getByRole('button', { name: 'All' }))
  await userEvent.click(screen.getByRole('button', { name: 'Mine' }))
  await userEvent.click(screen.getByRole('button', { name: 'Favourites' }))
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search clients' }), 'marsh')
  await waitFor(() => expect(Object.fromEntries(new URLSearchParams(asked.at(-1)))).toEqual({ q: 'marsh', status: '', mine: 'true', favorites: 'true' }))
  expect(router.state.location.search).toBe('?status=All&mine=1&favorites=1')
  expect(router.state.location.state).toEqual({ q: 'marsh' })
})

test('no client, no match and no permission are three texts', async () => {
  serveList([])
  const first = renderPage('/clients', route)
  expect(await screen.findByText('No active clients yet')).toBeInTheDocument()
  first.unmount()

  serveList([])
  const second = renderPage('/clients?favorites=1', route)
  expect(await screen.findByText('No client matches these filters')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Clear search and filters' }))
  expect(second.router.state.location.search).toBe('?status=All')
  second.unmount()

  serveList([], me())
  renderPage('/clients', route)
  expect(await screen.findByText('Charts are not part of your role')).toBeInTheDocument()
})

test('the next page comes when asked for', async () => {
  serve({
    'GET /api/me': clinician,
    'GET /api/clients': ({ url }: { url: URL }) => (url.searchParams.get('cursor') ? { items: [{ ...row, id: 'c2', name: 'Zoe Abel' }], next: null } : { items: [row], next: 'more' }),
  })
  renderPage('/clients', route)
  await userEvent.click(await screen.findByRole('button', { name: 'Show more clients' }))
  expect(await screen.findByRole('link', { name: /Zoe Abel/ })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Show more clients' })).not.toBeInTheDocument()
})

test('n opens a new client; what the server refuses stands at its field; then the chart opens', async () => {
  let refuse = true
  const sent: unknown[] = []
  const asked = serveList([], frontDesk, {
    'POST /api/clients': ({ body }: { body: unknown }) => {
      sent.push(body)
      return refuse ? { status: 422, body: { code: 'bad_input', detail: 'Some of what was entered cannot be used.', fields: { date_of_birth: ['This date lies in the future.'] } } } : { status: 201, body: cleo }
    },
  })
  const { router } = renderPage('/clients', route, chart)
  await screen.findByText('No active clients yet')
  await userEvent.keyboard('n')
  const panel = await screen.findByRole('dialog', { name: 'New client' })
  await userEvent.click(within(panel).getByRole('button', { name: 'Add client' }))
  expect(await within(panel).findByText('Enter the first name.')).toBeInTheDocument()
  expect(sent).toEqual([])
  await userEvent.type(within(panel).getByRole('textbox', { name: /Legal first name/ }), ' Cleopatra ')
  await userEvent.type(within(panel).getByRole('textbox', { name: /Last name/ }), 'Marsh')
  await userEvent.click(within(panel).getByRole('spinbutton', { name: /month/ }))
  await userEvent.keyboard('03121991')
  await userEvent.click(within(panel).getByRole('button', { name: 'Add client' }))
  expect(await within(panel).findByText('This date lies in the future.')).toBeInTheDocument()
  expect(sent[0]).toMatchObject({ first_name: 'Cleopatra', last_name: 'Marsh', date_of_birth: '1991-03-12', primary_therapist_id: null })
  expect(await axeViolations(panel)).toEqual([])
  refuse = false
  await userEvent.click(within(panel).getByRole('button', { name: 'Add client' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/clients/c1'))
  expect(asked.length).toBeGreaterThan(0)
})

test('the star answers at once and goes back when it is refused', async () => {
  serveList([row], clinician, { 'PUT /api/clients/c1/favorite': { status: 503, body: null } })
  renderPage('/clients', route)
  await userEvent.click(await screen.findByRole('button', { name: 'Add Cleo Marsh to favourites' }))
  expect(await screen.findByText(/The server is restarting/)).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Add Cleo Marsh to favourites' })).toBeInTheDocument()
})
