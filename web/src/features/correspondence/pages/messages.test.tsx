import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { ada, ana, bounced, failed, fay, mail, message, resend, stopped, texts } from '../test-data'
import * as CarriersPage from './CarriersPage'
import * as OutboxPage from './OutboxPage'
import * as StoppedPage from './StoppedPage'

const outbox = { path: '/messages', ...OutboxPage }
const carriers = { path: '/messages/carriers', ...CarriersPage }
const stops = { path: '/messages/stopped', ...StoppedPage }

test('lists messages by state and channel, which stand in the address', async () => {
  const asked: string[] = []
  serve({
    'GET /api/me': ada,
    'GET /api/carriers': [mail, texts],
    'GET /api/messages': ({ url }: { url: URL }) => {
      asked.push(url.search)
      return { items: url.search.includes('called_off') ? [] : [message, failed], next: null }
    },
  })
  const { router } = renderPage('/messages', outbox)
  const table = await screen.findByRole('table', { name: 'Outbox' })
  expect(within(table).getAllByRole('link')[0]).toHaveAttribute('href', '/messages?message=m1')
  expect(await screen.findByText('Nothing leaves this installation')).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Called off' }))
  expect(await screen.findByRole('heading', { name: 'No message is like this' })).toBeInTheDocument()
  expect(router.state.location.search).toBe('?state=called_off')
  await userEvent.click(screen.getByRole('button', { name: 'Show all messages' }))
  expect(await screen.findByRole('table', { name: 'Outbox' })).toBeInTheDocument()
  expect(asked.some((search) => search.includes('state=called_off'))).toBe(true)
})

test('says nothing of installations once both channels are carried', async () => {
  serve({ 'GET /api/me': ada, 'GET /api/carriers': [resend, { ...texts, provider: 'twilio' }], 'GET /api/messages': { items: [], next: null } })
  renderPage('/messages', outbox)
  expect(await screen.findByRole('heading', { name: 'Nothing has been written yet' })).toBeInTheDocument()
  expect(screen.queryByText(/leaves this installation/)).not.toBeInTheDocument()
})

test('names the one channel that goes nowhere', async () => {
  serve({ 'GET /api/me': ada, 'GET /api/carriers': [resend, texts], 'GET /api/messages': { items: [], next: null } })
  renderPage('/messages', outbox)
  expect(await screen.findByText('No text message leaves this installation')).toBeInTheDocument()
})

test('a message that failed says why in plain words, and is tried again or called off', async () => {
  const calls = serve({
    'GET /api/me': ada,
    'GET /api/carriers': [mail, texts],
    'GET /api/messages': { items: [failed], next: null },
    'GET /api/messages/m2': failed,
    'POST /api/messages/m2/attempt': { status: 409, body: { code: 'nothing_to_retry', detail: 'This message has been sent meanwhile.' } },
    'DELETE /api/messages/m2': { ...failed, state: 'called_off' },
  })
  renderPage('/messages?message=m2', outbox)
  const panel = await screen.findByRole('dialog', { name: 'A test message' })
  expect(await within(panel).findByText('Resend does not know this key: enter a new one under Carriers.')).toBeInTheDocument()
  expect(within(panel).getByText('Resend: 401 API key is invalid')).toBeInTheDocument()
  await userEvent.click(within(panel).getByRole('button', { name: 'Try again' }))
  expect(await within(panel).findByText('This message has been sent meanwhile.')).toBeInTheDocument()
  await userEvent.click(within(panel).getByRole('button', { name: 'Call off' }))
  expect(calls).not.toContain('DELETE /api/messages/m2')
  await userEvent.click(await screen.findByRole('button', { name: 'Call message off' }))
  await waitFor(() => expect(calls).toContain('DELETE /api/messages/m2'))
})

test('nothing can be done about a message that went', async () => {
  serve({ 'GET /api/me': ada, 'GET /api/carriers': [mail, texts], 'GET /api/messages': { items: [message], next: null }, 'GET /api/messages/m1': message })
  renderPage('/messages?message=m1', outbox)
  const panel = await screen.findByRole('dialog', { name: 'A test message' })
  expect(within(panel).getByText(/It has arrived/)).toBeInTheDocument()
  expect(within(panel).queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument()
  expect(await axeViolations(panel)).toEqual([])
})

test.each([[fay, 'See stopped addresses'], [ana, null]])('tells others whose the outbox is, without asking for it', async (me, way) => {
  const calls = serve({ 'GET /api/me': me })
  renderPage('/messages', outbox)
  expect(await screen.findByRole('heading', { name: 'Messages and who carries them are the administrators’' })).toBeInTheDocument()
  expect(screen.queryAllByRole('link').map((link) => link.textContent)).toEqual(way === null ? [] : [way])
  expect(calls.filter((call) => call !== 'GET /api/me')).toEqual([])
})

test('connects an account: what is missing is said, secrets are sent and never filled in', async () => {
  const sent: unknown[] = []
  serve({
    'GET /api/me': ada,
    'GET /api/carriers': [resend, texts],
    'PUT /api/carriers/resend': ({ body }: { body: unknown }) => {
      sent.push(body)
      return sent.length === 1 ? { status: 422, body: { code: 'bad_input', detail: 'No.', fields: { sender: ['Enter an e-mail address.'] } } } : [resend, texts]
    },
  })
  renderPage('/messages/carriers', carriers)
  const section = await screen.findByRole('region', { name: 'E-mail' })
  expect(section).toHaveTextContent('Delivered39 98 %')
  expect(section).toHaveTextContent('twice, last')
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(within(section).getByRole('button', { name: 'Replace account' }))
  const panel = screen.getByRole('dialog', { name: 'Replace the account with Resend' })
  const field = (name: RegExp) => within(panel).getByLabelText<HTMLInputElement>(name)
  expect(field(/^Sender/).value).toBe('Here <office@here.example>')
  expect([field(/^API key/).value, field(/signing secret/).value, field(/^API key/).type]).toEqual(['', '', 'password'])
  expect(field(/Webhook address/).value).toBe('https://here.example/functions/v1/resend-webhook/r1')
  await userEvent.click(within(panel).getByRole('button', { name: 'Replace account' }))
  expect(await within(panel).findByText('Enter the API key.')).toBeInTheDocument()
  expect(sent).toEqual([])
  await userEvent.type(field(/^API key/), 're_1')
  await userEvent.type(field(/signing secret/), 'whsec_1')
  await userEvent.click(within(panel).getByRole('button', { name: 'Replace account' }))
  expect(await within(panel).findByText('Enter an e-mail address.')).toBeInTheDocument()
  await userEvent.click(within(panel).getByRole('button', { name: 'Replace account' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(sent.at(-1)).toEqual({ sender: 'Here <office@here.example>', key: 're_1', signing_secret: 'whsec_1', account: '', token: '' })
})

test('disconnects only after a confirmation', async () => {
  const calls = serve({ 'GET /api/me': ada, 'GET /api/carriers': [resend, texts], 'DELETE /api/carriers/resend': [mail, texts] })
  renderPage('/messages/carriers', carriers)
  await userEvent.click(await screen.findByRole('button', { name: 'Disconnect' }))
  expect(calls).not.toContain('DELETE /api/carriers/resend')
  await userEvent.click(screen.getByRole('button', { name: 'Disconnect Resend' }))
  await waitFor(() => expect(calls).toContain('DELETE /api/carriers/resend'))
})

test('sends a test text and shows what became of it', async () => {
  const sent: unknown[] = []
  const one = { ...message, channel: 'SMS', provider: 'folder' }
  serve({
    'GET /api/me': ada,
    'GET /api/carriers': [mail, texts],
    'GET /api/messages/m1': one,
    'POST /api/test-messages': ({ body }: { body: unknown }) => {
      sent.push(body)
      return sent.length === 1 ? { status: 422, body: { code: 'bad_input', detail: 'No.', fields: { phone: ['Enter a number like +1 518 555 0100.'] } } } : { status: 201, body: one }
    },
  })
  renderPage('/messages/carriers', carriers)
  await userEvent.click(await screen.findByRole('button', { name: 'Send a test text' }))
  await userEvent.click(screen.getByRole('button', { name: 'Send test' }))
  expect(screen.getByText('Enter a telephone number.')).toBeInTheDocument()
  await userEvent.type(screen.getByRole('textbox', { name: /Telephone number/ }), '12')
  await userEvent.click(screen.getByRole('button', { name: 'Send test' }))
  expect(await screen.findByText('Enter a number like +1 518 555 0100.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Send test' }))
  expect(await screen.findByText('Sent, kept here')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'See it in the outbox' })).toHaveAttribute('href', '/messages?message=m1')
  expect(sent.at(-1)).toEqual({ email: '', phone: '12' })
})

test('the front desk lifts what came back, and nothing else', async () => {
  const calls = serve({ 'GET /api/me': fay, 'GET /api/stopped-addresses': { items: [bounced, stopped], next: null }, 'DELETE /api/stopped-addresses/s1': { status: 409, body: { code: 'not_lifted', detail: 'It was lifted meanwhile.' } } })
  renderPage('/messages/stopped', stops)
  const table = await screen.findByRole('table', { name: 'Stopped addresses' })
  expect(screen.queryByRole('tab')).not.toBeInTheDocument()
  expect(table).toHaveTextContent('The provider said: no such mailbox')
  expect(within(table).getAllByRole('button')).toHaveLength(1)
  expect(await axeViolations(table)).toEqual([])
  await userEvent.click(within(table).getByRole('button', { name: /Lift.*cleo@example.org/ }))
  await waitFor(() => expect(calls).toContain('DELETE /api/stopped-addresses/s1'))
  expect(await screen.findByText('It was lifted meanwhile.')).toBeInTheDocument()
})

test('says so when no address is stopped', async () => {
  serve({ 'GET /api/me': ada, 'GET /api/stopped-addresses': { items: [], next: null } })
  renderPage('/messages/stopped', stops)
  expect(await screen.findByRole('heading', { name: 'No address is stopped' })).toBeInTheDocument()
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['Outbox', 'Rules', 'Wordings', 'Look', 'Carriers', 'Stopped addresses'])
})
