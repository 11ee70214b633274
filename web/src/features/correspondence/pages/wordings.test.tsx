import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import type { Wording } from '../queries'
import { ada, ana } from '../test-data'
import * as WordingsPage from './WordingsPage'

const boss = { ...ada, can: [...ada.can, 'word_messages'] }
const page = { path: '/messages/wordings', ...WordingsPage }
const invitation: Wording = {
  kind: 'account.invitation',
  channel: 'Email',
  area: 'Accounts and sign-in',
  title: 'Invitation',
  cause: 'An administrator adds somebody.',
  reader: 'The person invited',
  has_subject: true,
  has_body: true,
  default_subject: 'Your invitation',
  default_body: 'Hello {name},\n\n{link}\n',
  subject: 'Come in',
  body: 'Welcome {name}: {link}',
  is_own: true,
  problem: '',
  subject_fields: ['practice'],
  fields: [
    { name: 'name', is_needed: false },
    { name: 'link', is_needed: true },
  ],
  longest_subject: 120,
  longest_body: 4000,
  version: 2,
  updated_at: '2026-11-23T14:00:00Z',
  updated_by_name: 'Ada Osei',
}
const plain: Wording = { ...invitation, kind: 'storage.filling', area: 'Oversight', title: 'Storage is filling', is_own: false, version: 0, updated_at: null, updated_by_name: '' }
const shown = { subject: 'Come in', text: 'Welcome Robin: https://here.example/xxx', parts: 1 }
const answers = { 'GET /api/me': boss, 'GET /api/message-wordings': [invitation, plain], 'POST /api/message-wording-previews': shown }

test('lists messages by area, with what causes them, and whose words they are', async () => {
  serve({ ...answers, 'GET /api/message-wordings': [invitation, { ...plain, is_own: true, problem: 'There is no field {x} here.' }] })
  renderPage('/messages/wordings', page)
  const accounts = await screen.findByRole('list', { name: 'Accounts and sign-in' })
  expect(accounts).toHaveTextContent('An administrator adds somebody. To: the person invited.')
  expect(within(accounts).getByText('Your words')).toBeVisible()
  expect(screen.getByRole('list', { name: 'Oversight' })).toHaveTextContent('The product’s own words are sent: There is no field {x} here.')
  expect(await axeViolations(document.body)).toEqual([])
})

test('a wording is changed with its preview, and saved on the version it was read at', async () => {
  let sent: unknown
  serve({
    ...answers,
    'PUT /api/message-wordings': ({ body }: { body: unknown }) => {
      sent = body
      return invitation
    },
  })
  renderPage('/messages/wordings', page)
  await userEvent.click(await screen.findByRole('button', { name: /^Change Invitation/ }))
  expect(await screen.findByText('Welcome Robin: https://here.example/xxx')).toBeVisible()
  expect(await axeViolations(document.body)).toEqual([])
  const subject = screen.getByRole('textbox', { name: 'Subject' })
  await userEvent.clear(subject)
  await userEvent.type(subject, 'Do come in')
  await userEvent.click(screen.getByRole('button', { name: 'Save wording' }))
  await waitFor(() => expect(sent).toEqual({ kind: 'account.invitation', channel: 'Email', subject: 'Do come in', body: 'Welcome {name}: {link}', version: 2 }))
})

test('the product’s words are one press away, and a refusal stays beside its field', async () => {
  serve({ ...answers, 'PUT /api/message-wordings': { status: 422, body: { code: 'bad_input', detail: 'Some of what was entered cannot be used.', fields: { body: ['Without {link} this message is of no use to its reader: put it in.'] } } } })
  renderPage('/messages/wordings', page)
  await userEvent.click(await screen.findByRole('button', { name: /^Change Invitation/ }))
  const text = screen.getByRole('textbox', { name: 'Text' })
  await userEvent.clear(text)
  await userEvent.type(text, 'Welcome')
  await userEvent.click(screen.getByRole('button', { name: 'Save wording' }))
  expect(await screen.findByText(/^Without \{link\}/)).toBeVisible()
  expect(text).toHaveValue('Welcome')
  await userEvent.click(screen.getByRole('button', { name: 'Take the product’s words' }))
  expect(text).toHaveValue('Hello {name},\n\n{link}\n')
  expect(screen.getByRole('textbox', { name: 'Subject' })).toHaveValue('Your invitation')
})

test('a test goes to oneself', async () => {
  serve({ ...answers, 'POST /api/message-wording-tests': { to: 'ada@here.example' } })
  renderPage('/messages/wordings', page)
  await userEvent.click(await screen.findByRole('button', { name: /^Change Invitation/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Send a test to myself' }))
  expect(await screen.findByText('On its way to ada@here.example')).toBeVisible()
})

test('whoever does not word messages is told so', async () => {
  serve({ 'GET /api/me': ana })
  renderPage('/messages/wordings', page)
  expect(await screen.findByRole('heading', { level: 1 })).toBeVisible()
  expect(screen.queryByRole('list', { name: 'Accounts and sign-in' })).toBeNull()
})
