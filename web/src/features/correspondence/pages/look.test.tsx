import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import type { MailLogo, MailSettings } from '../queries'
import { ada, ana, message } from '../test-data'
import * as LookPage from './LookPage'
import * as OutboxPage from './OutboxPage'

const boss = { ...ada, can: [...ada.can, 'word_messages'] }
const page = { path: '/messages/look', ...LookPage }
const logo: MailLogo = { id: 'l1', width: 128, height: 64, size: 2000, data_url: 'data:image/png;base64,iVBORw0KGgo=' }
const empty: MailSettings = { sender_name: '', reply_to: '', footer: '', accent_color: '', standard_color: '#005c5c', logo: null, version: 0, updated_at: null }
const shown = { subject: 'How messages look', text: 'Hello Robin', html: '<p>By day</p>', dark_html: '<p>In the dark</p>' }
const answers = { 'GET /api/me': boss, 'GET /api/mail-settings': empty, 'POST /api/mail-settings/previews': shown }

test('the look is set beside a mail that looks so, by day and in the dark', async () => {
  let sent: unknown
  serve({
    ...answers,
    'PUT /api/mail-settings': ({ body }: { body: unknown }) => {
      sent = body
      return { ...empty, sender_name: 'Riverbend', version: 1, updated_at: '2026-11-23T14:00:00Z' }
    },
  })
  renderPage('/messages/look', page)
  await userEvent.type(await screen.findByRole('textbox', { name: 'Sender name' }), 'Riverbend')
  await userEvent.type(screen.getByRole('textbox', { name: 'Color' }), '#2f5d8a')
  const frame = await screen.findByTitle('A mail that looks so: How messages look')
  expect(frame).toHaveAttribute('srcdoc', shown.html)
  expect(frame).toHaveAttribute('sandbox', '')
  await userEvent.click(screen.getByRole('radio', { name: 'In the dark' }))
  expect(screen.getByTitle(/^A mail that looks so/)).toHaveAttribute('srcdoc', shown.dark_html)
  await userEvent.click(screen.getByRole('radio', { name: 'As plain text' }))
  expect(screen.getByText('Hello Robin')).toBeVisible()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(sent).toEqual({ sender_name: 'Riverbend', reply_to: '', footer: '', accent_color: '#2f5d8a', logo_id: null, version: 0 }))
})

test('a color that words cannot be read on is refused beside its field, and one that does is named', async () => {
  const body = { code: 'bad_input', detail: 'Some of what was entered cannot be used.', fields: { accent_color: ['White words on this color are hard to read. Take a darker one: #8e7200 just does.'] } }
  serve({ ...answers, 'POST /api/mail-settings/previews': ({ body: look }: { body: { accent_color: string } }) => (look.accent_color === '' ? shown : { status: 422, body }), 'PUT /api/mail-settings': { status: 422, body } })
  renderPage('/messages/look', page)
  const color = await screen.findByRole('textbox', { name: 'Color' })
  await userEvent.type(color, '#ffcc00')
  expect(await screen.findByText(/^White words on this color/)).toBeVisible()
  expect(screen.getByTitle(/^A mail that looks so/)).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(color).toHaveAccessibleDescription(/#8e7200 just does/))
  expect(color).toHaveValue('#ffcc00')
  await userEvent.click(screen.getByRole('button', { name: 'Standard color' }))
  expect(color).toHaveValue('')
})

test('a logo is seen at once, and is on mails once it is saved', async () => {
  let sent: unknown
  serve({
    ...answers,
    'POST /api/mail-settings/logos': { status: 201, body: logo },
    'PUT /api/mail-settings': ({ body }: { body: unknown }) => {
      sent = body
      return { ...empty, logo, version: 1 }
    },
  })
  renderPage('/messages/look', page)
  await screen.findByRole('button', { name: 'Choose a logo' })
  await userEvent.upload(screen.getByTestId('logo'), new File(['x'], 'logo.png', { type: 'image/png' }))
  expect(await screen.findByAltText('The logo above mails')).toHaveAttribute('src', logo.data_url)
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(sent).toMatchObject({ logo_id: 'l1' }))
})

test('a file that is no logo is refused in plain words, and what was there stays', async () => {
  serve({ ...answers, 'GET /api/mail-settings': { ...empty, logo, version: 1 }, 'POST /api/mail-settings/logos': { status: 422, body: { code: 'file_refused', detail: 'This picture is damaged.' } } })
  renderPage('/messages/look', page)
  await screen.findByAltText('The logo above mails')
  await userEvent.upload(screen.getByTestId('logo'), new File(['x'], 'logo.png', { type: 'image/png' }))
  expect(await screen.findByText('This picture is damaged.')).toBeVisible()
  expect(screen.getByAltText('The logo above mails')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'No logo' }))
  expect(screen.queryByAltText('The logo above mails')).toBeNull()
})

test('a test goes to oneself, in what is saved', async () => {
  serve({ ...answers, 'GET /api/mail-settings': { ...empty, version: 1 }, 'POST /api/mail-settings/tests': { to: 'ada@here.example' } })
  renderPage('/messages/look', page)
  await userEvent.click(await screen.findByRole('button', { name: 'Send a test to myself' }))
  expect(await screen.findByText('On its way to ada@here.example')).toBeVisible()
  await userEvent.type(screen.getByRole('textbox', { name: /^Below/ }), 'Elm Street')
  expect(screen.getByRole('button', { name: 'Send a test to myself' })).toHaveAttribute('aria-disabled', 'true')
})

test('a message of the outbox is shown as mail programs do, in a frame in which nothing runs', async () => {
  serve({ 'GET /api/me': boss, 'GET /api/messages': { items: [message], next: null }, 'GET /api/messages/m1': { ...message, html: '<p>Shown</p>' } })
  renderPage('/messages?message=m1', { path: '/messages', ...OutboxPage })
  const frame = await screen.findByTitle('The mail as mail programs show it')
  expect(frame).toHaveAttribute('sandbox', '')
  expect(frame).toHaveAttribute('srcdoc', '<p>Shown</p>')
  await userEvent.click(screen.getByRole('radio', { name: 'As plain text' }))
  expect(screen.getByText(/It has arrived/)).toBeVisible()
})

test('whoever does not set how mails look is told so', async () => {
  serve({ 'GET /api/me': ana })
  renderPage('/messages/look', page)
  expect(await screen.findByRole('heading', { level: 1 })).toBeVisible()
  expect(screen.queryByRole('form')).toBeNull()
})
