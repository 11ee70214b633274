import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import * as FormsPage from '../pages/FormsPage'
import { FormsTab } from '../parts/FormsTab'
import { ada, ana, form, links, template } from '../test-data'
import type { Packet } from '../words'

const formsPage = { path: '/forms', ...FormsPage }
const tab = { path: '/clients/c1', element: <FormsTab client={{ id: 'c1', care_team: [{ id: 'm1', person_id: 'u1', name: 'Ana Cast', role: 'Therapist', start_date: '2026-01-01' }] }} /> }
const one = { family: 't1', title: 'Welcome', category: 'intake', is_published: true } as const
const two = { family: 't2', title: 'Consent', category: 'consent', is_published: true } as const
const packet: Packet = { id: 'p1', title: 'Adult intake', description: 'Before the first session', version: 1, updated_at: '2026-11-20T15:00:00Z', is_retired: false, forms: [one, two] }
const templates = { items: [{ ...template, status: 'published' }, { ...template, id: 't2', family: 't2', title: 'Consent', category: 'consent', status: 'published' }], next: null }
const given = [1, 2].map((place) => ({ ...form, id: `f${place}`, title: place === 1 ? 'Welcome' : 'Consent', status: place === 1 ? 'submitted' : 'open', packet: { bundle: 'b1', title: 'Adult intake', place, done: 1, total: 2 } }))

test('administrators put a packet together, in an order', async () => {
  const bodies: unknown[] = []
  serve({
    'GET /api/me': ada,
    'GET /api/form-packets': { items: [], next: null },
    'GET /api/form-templates': templates,
    'POST /api/form-packets': ({ body }: { body: unknown }) => (bodies.push(body), { status: 201, body: packet }),
  })
  const { container } = renderPage('/forms?tab=packets', formsPage)
  expect(await screen.findByText('No packets yet')).toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'New packet' }))
  const panel = await screen.findByRole('dialog', { name: 'New packet' })
  await userEvent.type(within(panel).getByRole('textbox', { name: /Name/ }), 'Adult intake')
  for (const title of ['Welcome', 'Consent']) {
    await userEvent.click(within(panel).getByRole('button', { name: /Add a form/ }))
    await userEvent.click(await screen.findByRole('option', { name: new RegExp(title) }))
  }
  await userEvent.click(within(panel).getByRole('button', { name: 'Move Consent up' }))
  expect(await axeViolations(panel)).toEqual([])
  await userEvent.click(within(panel).getByRole('button', { name: 'Save packet' }))
  await waitFor(() => expect(bodies).toEqual([{ title: 'Adult intake', description: '', families: ['t2', 't1'] }]))
})

test('colleagues look at packets and change none', async () => {
  serve({ 'GET /api/me': ana, 'GET /api/form-packets': { items: [packet, { ...packet, id: 'p2', title: 'Old', forms: [{ ...one, is_published: false }] }], next: null } })
  renderPage('/forms?tab=packets', formsPage)
  expect(await screen.findByText('Adult intake')).toBeInTheDocument()
  expect(screen.getByText(/not published any more/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Change|New/ })).not.toBeInTheDocument()
})

test('a packet is given, and twice only when asked about', async () => {
  const bodies: unknown[] = []
  serve({
    'GET /api/me': ana,
    'GET /api/clients/c1/forms': { items: [], next: null },
    'GET /api/form-packets': { items: [packet], next: null },
    'POST /api/clients/c1/form-packets': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return bodies.length > 1 ? { status: 201, body: { items: given, next: null } } : { status: 409, body: { code: 'packet_there', detail: 'The client has this packet to fill already.' } }
    },
  })
  renderPage('/clients/c1', tab)
  await userEvent.click(await screen.findByRole('button', { name: 'Give a packet' }))
  const panel = await screen.findByRole('dialog', { name: 'Give a packet' })
  await userEvent.click(await within(panel).findByRole('radio', { name: /Adult intake/ }))
  expect(await axeViolations(panel)).toEqual([])
  await userEvent.click(within(panel).getByRole('button', { name: 'Give packet' }))
  expect(await within(panel).findByText('The client has this packet to fill already.')).toBeInTheDocument()
  await userEvent.click(within(panel).getByRole('button', { name: 'Give it once more' }))
  await waitFor(() => expect(bodies).toMatchObject([{ packet_id: 'p1', is_again: false }, { packet_id: 'p1', is_again: true }]))
})

test('a packet is one line that opens, with one link for all that is left', async () => {
  const bodies: unknown[] = []
  serve({
    'GET /api/me': ana,
    'GET /api/clients/c1/forms': { items: [...given, { ...form, id: 'f9', title: 'Alone' }], next: null },
    'GET /api/forms/f2/links': links,
    'POST /api/forms/f2/links': ({ body }: { body: unknown }) => (bodies.push(body), { status: 201, body: links }),
  })
  const { container } = renderPage('/clients/c1', tab)
  const line = await screen.findByRole('button', { name: 'Adult intake: 1 of 2 sent' })
  expect(screen.getByRole('table', { name: 'Forms of the client' })).not.toHaveTextContent('Consent')
  await userEvent.click(line)
  expect(screen.getByRole('table', { name: 'Forms of Adult intake' })).toHaveTextContent('Consent')
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Send one link for all' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Send link' }))
  await waitFor(() => expect(bodies).toMatchObject([{ is_for_packet: true }]))
})
