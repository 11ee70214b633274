import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { addressForPasskeys } from '@/api/passkey-support'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import * as AccountPage from './AccountPage'

const me = { id: 'u1', name: 'Ana Reyes', initials: 'AR', email: 'ana@example.org', roles: ['clinician'], acting_in: ['clinician'], practice: { id: 'p', name: 'Harbour', timezone: 'UTC', opens_at: '08:00', closes_at: '19:00' }, can: [] }
const account: Schema<'AccountOut'> = {
  email: 'ana@example.org', ended_elsewhere: 0, factors: ['totp'], has_given_second_factor: true, is_email_verified: false, is_password_change_due: false, is_trusted_device: false, most_sessions: 5, password_changed_at: null, password_expires_at: null, recovery_codes_left: 10,
}
const page = { path: '/account', ...AccountPage }
const open = (answers: Record<string, unknown>) => {
  const calls = serve({ 'GET /api/me': me, 'GET /api/account': account, 'GET /_allauth/browser/v1/account/authenticators': { data: [] }, 'GET /api/account/sessions': [], 'GET /api/account/devices': [], ...answers })
  renderPage('/account', page)
  return calls
}

test('an address that is not confirmed gets its link again', async () => {
  const calls = open({ 'POST /api/account/verification': { status: 200, body: null } })
  expect(await screen.findByText('Your e-mail address is not confirmed')).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Send the link again' }))
  expect(await screen.findByText('A new link is on its way')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Send the link again' })).toBeNull()
  expect(calls.filter((call) => call.startsWith('POST'))).toEqual(['POST /api/account/verification'])
})

test('a link that could not be sent says why and can be asked for again', async () => {
  open({ 'POST /api/account/verification': { status: 429, body: { code: 'too_many_attempts', detail: 'Try again in an hour.' } } })
  await userEvent.click(await screen.findByRole('button', { name: 'Send the link again' }))
  expect(await screen.findByText('Not sent: Try again in an hour.')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Send the link again' })).toBeInTheDocument()
})

test('a confirmed address has no line', async () => {
  open({ 'GET /api/account': { ...account, is_email_verified: true } })
  await screen.findByRole('heading', { name: 'Your account' })
  expect(screen.queryByText('Your e-mail address is not confirmed')).toBeNull()
})

test.each([
  ['127.0.0.1', '8000', 'http://localhost:8000/account'],
  ['[::1]', '', 'http://localhost/account'],
  ['192.168.1.7', '8000', null],
  ['practice.example.org', '', null],
])('where passkeys work instead of at %s', (hostname, port, address) => {
  expect(addressForPasskeys({ hostname, port, pathname: '/account' })).toBe(address)
})
