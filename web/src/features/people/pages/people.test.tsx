import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { administrator, ash, clinician, report, row } from '../test-data'
import * as PeoplePage from './PeoplePage'
import * as PeopleReportPage from './PeopleReportPage'
import * as PersonPage from './PersonPage'

const list = { path: '/people', ...PeoplePage }
const page = { path: '/people/:personId', ...PersonPage }
const check = { path: '/people/check', ...PeopleReportPage }

test('lists people with their accounts and what to see to', async () => {
  serve({ 'GET /api/me': administrator, 'GET /api/users': { items: [row], next: null } })
  renderPage('/people', list)
  const table = await screen.findByRole('table', { name: 'People' })
  expect(within(table).getByRole('link', { name: /Ash Cast/ })).toHaveAttribute('href', '/people/p1')
  expect(table).toHaveTextContent('Locked')
  expect(table).toHaveTextContent('No supervisor')
  expect(await axeViolations(document.body)).toEqual([])
})

test('says to others whose it is, without asking the server', async () => {
  const calls = serve({ 'GET /api/me': clinician, 'GET /api/users': { status: 404, body: {} } })
  renderPage('/people', list)
  expect(await screen.findByRole('heading', { name: 'People and accounts are the administrators’' })).toBeInTheDocument()
  expect(calls.filter((call) => call.includes('POST'))).toEqual([])
})

test('invites an associate only with a supervisor, and shows the refusal at its field', async () => {
  const sent: unknown[] = []
  serve({
    'GET /api/me': administrator,
    'GET /api/users': { items: [row], next: null },
    'GET /api/supervisors': [],
    'POST /api/users': ({ body }: { body: unknown }) => {
      sent.push(body)
      return { status: 409, body: { code: 'needs_supervisor', detail: 'Not saved.', fields: { supervisor_id: ['Choose a supervisor.'] } } }
    },
  })
  renderPage('/people', list)
  await userEvent.click(await screen.findByRole('button', { name: 'Invite somebody' }))
  await userEvent.click(screen.getByRole('button', { name: 'Send invitation' }))
  expect(await screen.findByText('Enter the first name.')).toBeInTheDocument()
  expect(screen.getByText('Choose at least one role.')).toBeInTheDocument()
  await userEvent.type(screen.getByRole('textbox', { name: /First name/ }), 'Nia')
  await userEvent.type(screen.getByRole('textbox', { name: /Last name/ }), 'Okafor')
  await userEvent.type(screen.getByRole('textbox', { name: /E-mail/ }), 'nia@example.org')
  await userEvent.click(screen.getByRole('checkbox', { name: /Associate/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Send invitation' }))
  expect(await screen.findByText('Choose a supervisor.')).toBeInTheDocument()
  expect(sent).toMatchObject([{ first_name: 'Nia', roles: ['associate'], supervisor_id: null }])
})

test('puts the press that helps beside what is wrong', async () => {
  const calls = serve({ 'GET /api/me': administrator, 'GET /api/users/p1': ash, 'POST /api/users/p1/unlock': { status: 204, body: null } })
  renderPage('/people/p1', page)
  await userEvent.click(await screen.findByRole('button', { name: 'Unlock now' }))
  await waitFor(() => expect(calls).toContain('POST /api/users/p1/unlock'))
  expect(screen.getByRole('button', { name: 'Assign a supervisor' })).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
})

test('deactivates only with a reason', async () => {
  const sent: unknown[] = []
  serve({
    'GET /api/me': administrator,
    'GET /api/users/p1': ash,
    'POST /api/users/p1/deactivation': ({ body }: { body: unknown }) => {
      sent.push(body)
      return { status: 204, body: null }
    },
  })
  renderPage('/people/p1', page)
  await userEvent.click(await screen.findByRole('button', { name: 'Deactivate' }))
  await userEvent.click(screen.getByRole('button', { name: 'Deactivate account' }))
  expect(await screen.findByText('Say why, in ten characters or more.')).toBeInTheDocument()
  await userEvent.type(screen.getByRole('textbox', { name: /Reason/ }), 'Left the practice.')
  await userEvent.click(screen.getByRole('button', { name: 'Deactivate account' }))
  await waitFor(() => expect(sent).toEqual([{ reason: 'Left the practice.' }]))
})

test('checks the accounts: only lists that hold somebody are shown', async () => {
  const found: Schema<'PeopleReportOut'> = report
  serve({ 'GET /api/me': administrator, 'GET /api/users/report': found })
  renderPage('/people/check', check)
  expect(await screen.findByRole('table', { name: 'Associates without a supervisor' })).toHaveTextContent('Ash Cast')
  expect(screen.queryByText('Without a role')).not.toBeInTheDocument()
  expect(screen.getByRole('table', { name: 'Second factors by role' })).toHaveTextContent('1 of 2')
  expect(await axeViolations(document.body)).toEqual([])
})
