import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import * as SetUpPage from './SetUpPage'

const route = { path: '/setup/:token', ...SetUpPage }
const signIn = { path: '/sign-in', element: <p>Sign in</p> }
const status = { 'GET /_allauth/browser/v1/auth/session': { status: 401, body: {} } }

async function fillIn() {
  await userEvent.type(await screen.findByRole('textbox', { name: /Practice name/ }), 'Riverbend')
  await userEvent.type(screen.getByRole('textbox', { name: /First name/ }), 'Ada')
  await userEvent.type(screen.getByRole('textbox', { name: /Last name/ }), 'King')
  await userEvent.type(screen.getByRole('textbox', { name: /E-mail/ }), 'ada@example.org')
  await userEvent.type(screen.getByLabelText(/^Password/), 'twelve or more of it')
}

test('sets the practice up with this device\'s time zone, then leads to sign-in with the e-mail', async () => {
  const sent: unknown[] = []
  serve({
    ...status,
    'POST /api/setup': ({ body }: { body: unknown }) => {
      sent.push(body)
      return { status: 200, body: null }
    },
  })
  const { router } = renderPage('/setup/t0k', route, signIn)
  await screen.findByRole('heading', { name: 'Set up your practice' })
  expect(await axeViolations(document.body)).toEqual([])
  await fillIn()
  await userEvent.click(screen.getByRole('button', { name: 'Set up practice' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
  expect(sent).toEqual([
    { token: 't0k', practice_name: 'Riverbend', timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, first_name: 'Ada', last_name: 'King', email: 'ada@example.org', password: 'twelve or more of it' },
  ])
  expect(router.state.location.state).toEqual({ email: 'ada@example.org', done: 'set-up' })
})

test('says what is missing, and what the server refuses at its field', async () => {
  const calls = serve({ ...status, 'POST /api/setup': { status: 422, body: { code: 'bad_input', detail: 'Some of what was entered cannot be used.', fields: { password: ['This password is too common.'] } } } })
  renderPage('/setup/t0k', route, signIn)
  await userEvent.click(await screen.findByRole('button', { name: 'Set up practice' }))
  expect(await screen.findByText('Enter the practice’s name.')).toBeInTheDocument()
  expect(screen.getByText('At least 12 characters.')).toBeInTheDocument()
  expect(calls).not.toContain('POST /api/setup')
  await fillIn()
  await userEvent.click(screen.getByRole('button', { name: 'Set up practice' }))
  expect(await screen.findByText('This password is too common.')).toBeInTheDocument()
})

test('a spent link says so and what to do', async () => {
  serve({ ...status, 'POST /api/setup': { status: 409, body: { code: 'set_up_link_spent', detail: 'Used.' } } })
  renderPage('/setup/t0k', route, signIn)
  await fillIn()
  await userEvent.click(screen.getByRole('button', { name: 'Set up practice' }))
  expect(await screen.findByRole('heading', { name: 'This set-up link is no longer good' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Go to sign-in' })).toHaveAttribute('href', '/sign-in')
})
