import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import * as EnrolPage from './EnrolPage'
import * as ForgotPage from './ForgotPage'
import * as ResetPage from './ResetPage'

const A = '/_allauth/browser/v1'
const signIn = { path: '/sign-in', element: <p>Sign in</p> }
const reset = { path: '/reset/:key', ...ResetPage }
const spent = { status: 400, body: { errors: [{ code: 'invalid_password_reset', param: 'key', message: 'Invalid.' }] } }
const known = { [`GET ${A}/auth/password/reset`]: { status: 200, body: { data: { user: { email: 'bea@example.org' } } } } }

test('says the same of every address, in no other request', async () => {
  const calls = serve({ [`POST ${A}/auth/password/request`]: { status: 200, body: {} } })
  renderPage('/reset', { path: '/reset', ...ForgotPage })
  await userEvent.type(screen.getByLabelText('E-mail'), 'nobody@example.org')
  await userEvent.click(screen.getByRole('button', { name: 'Send the link' }))
  expect(await screen.findByText(/belongs to an account here/)).toHaveTextContent('If nobody@example.org belongs')
  expect(calls).toEqual([`POST ${A}/auth/password/request`])
})

test('a new password: its length is told at once, the rest by the server, and 401 is success', async () => {
  const answers = [{ status: 400, body: { errors: [{ code: 'password_too_common', param: 'password', message: 'Many people use it.' }] } }, { status: 401, body: {} }]
  const calls = serve({ ...known, [`POST ${A}/auth/password/reset`]: () => answers.shift() })
  const { router } = renderPage('/reset/k', reset, signIn)
  const field = await screen.findByLabelText('New password')
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.type(field, 'short')
  expect(screen.getByText(/7 more/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Set new password' }))
  expect(calls.filter((call) => call.startsWith('POST'))).toEqual([])
  await userEvent.type(field, 'word1234')
  await userEvent.click(screen.getByRole('button', { name: 'Set new password' }))
  expect(await screen.findByText('Many people use it.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Set new password' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
  expect(router.state.location.state).toEqual({ email: 'bea@example.org', done: 'new-password' })
})

test('a link that is spent, before or meanwhile, leads to another', async () => {
  serve({ ...known, [`POST ${A}/auth/password/reset`]: spent })
  renderPage('/reset/k', reset)
  await userEvent.type(await screen.findByLabelText('New password'), 'three slow herons')
  await userEvent.click(screen.getByRole('button', { name: 'Set new password' }))
  expect(await screen.findByRole('heading', { name: 'This link is no longer good' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Ask for a new link' })).toHaveAttribute('href', '/reset')
})

test('what needs a proof asks for it, then goes on with what was given', async () => {
  let isProven = false
  const first: unknown[] = []
  serve({
    [`GET ${A}/account/authenticators`]: { data: [] },
    [`GET ${A}/account/authenticators/totp`]: { status: 404, body: { meta: { secret: 'ABCDEFGH', totp_url: 'otpauth://totp/x?secret=ABCDEFGH' } } },
    [`POST ${A}/account/authenticators/totp`]: ({ body }: { body: unknown }) => {
      first.push(body)
      return isProven ? { status: 200, body: {} } : { status: 401, body: { meta: { is_authenticated: true }, data: { flows: [{ id: 'reauthenticate' }] } } }
    },
    [`POST ${A}/auth/reauthenticate`]: () => {
      isProven = true
      return { status: 200, body: {} }
    },
    [`GET ${A}/account/authenticators/recovery-codes`]: { data: { unused_codes: ['12345678901234567890'] } },
  })
  renderPage('/sign-in/authenticator', { path: '/sign-in/authenticator', ...EnrolPage }, signIn)
  await userEvent.type(await screen.findByLabelText('Code'), '123456')
  await userEvent.click(screen.getByRole('button', { name: 'Turn on' }))
  const dialog = await screen.findByRole('dialog', { name: 'Is it you?' })
  await userEvent.type(within(dialog).getByLabelText('Password'), 'mine')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Continue' }))
  expect(await screen.findByText('12345-67890-12345-67890')).toBeInTheDocument()
  expect(first).toEqual([{ code: '123456' }, { code: '123456' }])
})
