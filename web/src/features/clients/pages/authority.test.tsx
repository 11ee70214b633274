import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { cleo, clinician, frontDesk, staff } from '../test-data'
import * as ChartPage from './ChartPage'

const route = { path: '/clients/:clientId', ...ChartPage }
const gus: Schema<'GuardianOut'> = {
  id: 'g1', name: 'Gus Marsh', relationship: 'parent', phone: '518 555 0100', email: '', account_email: '', start_date: '2026-01-05', end_date: null, ends_at_majority: true, ages_out_on: '2027-05-05', court_document: '',
  can_view_record: false, can_schedule: true, can_message: false, can_sign: false, can_pay: true, state: 'unverified', verified_at: null, verified_by: '', verified_how: '',
}
const on = { enabled: true, has_account: true, reason: '', since: '2026-11-01T15:00:00Z', changed_by: 'Fay Moss' }
const authority = { guardians: [gus], portal: on, status_changes: [] }

/** Details of a chart; every body that was sent, by what it was sent to. */
function open(answers: Record<string, unknown> = {}, person = frontDesk) {
  const sent: [string, unknown][] = []
  const noted = Object.fromEntries(Object.entries(answers).map(([call, answer]) => [call, ({ body }: { body: unknown }) => (sent.push([call, body]), answer)]))
  const calls = serve({ 'GET /api/me': person, 'GET /api/staff': staff, 'GET /api/clients/c1': cleo, 'GET /api/clients/c1/timeline': { items: [], next: null }, 'GET /api/clients/c1/authority': authority, ...noted })
  renderPage('/clients/c1?tab=details', route)
  return { sent, calls }
}

test('the portal is turned off with a reason, and on with one press', async () => {
  const { sent } = open({ 'PUT /api/clients/c1/portal': { ...authority, portal: { ...on, enabled: false } } })
  const portal = await screen.findByRole('region', { name: 'Portal' })
  await userEvent.click(within(portal).getByRole('button', { name: 'Turn off' }))
  const dialog = await screen.findByRole('dialog', { name: 'Turn the portal off' })
  expect(await axeViolations(dialog)).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Turn portal off' }))
  expect(await within(dialog).findByText('Say it in a few words.')).toBeInTheDocument()
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'Phone stolen')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Turn portal off' }))
  await screen.findByText(/Portal turned off/)
  expect(sent).toEqual([['PUT /api/clients/c1/portal', { enabled: false, reason: 'Phone stolen' }]])
})

test('leaving it on changes nothing, and a refusal stands in the dialog', async () => {
  const { sent } = open({ 'PUT /api/clients/c1/portal': { status: 403, body: { code: 'not_allowed', detail: 'You may not.' } } })
  await userEvent.click(await screen.findByRole('button', { name: 'Turn off' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Leave it on' }))
  expect(sent).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Turn off' }))
  const dialog = await screen.findByRole('dialog', { name: 'Turn the portal off' })
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'Phone stolen{Enter}')
  expect(await within(dialog).findByText('You may not.')).toBeInTheDocument()
})

test('a guardian is entered with name, relation and what the server wants besides', async () => {
  const { sent } = open({ 'POST /api/clients/c1/guardians': { status: 422, body: { code: 'bad_input', detail: 'Not saved.', fields: { court_document: ['Name the court order.'], can_view_record: ['Choose at least one.'] } } } })
  await userEvent.click(await screen.findByRole('button', { name: 'Add' }))
  const panel = await screen.findByRole('dialog', { name: 'Add a guardian or proxy' })
  await userEvent.click(within(panel).getByRole('button', { name: 'Add guardian' }))
  expect(await within(panel).findByText('Enter their name.')).toBeInTheDocument()
  expect(within(panel).getByText('Choose what they are to the client.')).toBeInTheDocument()
  expect(sent).toEqual([])
  await userEvent.type(within(panel).getByRole('textbox', { name: /^Name/ }), 'Lou Marsh')
  await userEvent.click(within(panel).getByRole('button', { name: /What they are to the client/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'Legal guardian' }))
  await userEvent.click(within(panel).getByRole('checkbox', { name: 'Sign and consent' }))
  expect(await axeViolations(panel)).toEqual([])
  await userEvent.click(within(panel).getByRole('button', { name: 'Add guardian' }))
  expect(await within(panel).findByText('Name the court order.')).toBeInTheDocument()
  expect(within(panel).getByText('Choose at least one.')).toBeInTheDocument()
  expect(sent[0]?.[1]).toMatchObject({ name: 'Lou Marsh', relationship: 'legal_guardian', can_sign: true, can_schedule: true, can_view_record: false })
})

test('an authority is verified by saying what one has seen', async () => {
  const { sent } = open({ 'POST /api/clients/c1/guardians/g1/verification': { ...authority, guardians: [{ ...gus, state: 'in_force' }] } })
  await userEvent.click(await screen.findByRole('button', { name: /Verify\s*Gus Marsh/ }))
  const dialog = await screen.findByRole('dialog', { name: 'Verify Gus Marsh' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Verify' }))
  expect(await within(dialog).findByText('Say it in a few words.')).toBeInTheDocument()
  await userEvent.type(within(dialog).getByRole('textbox', { name: /What you have seen/ }), 'License and birth certificate{Enter}')
  await screen.findByText('Gus Marsh is verified')
  expect(sent).toEqual([['POST /api/clients/c1/guardians/g1/verification', { how: 'License and birth certificate' }]])
})

test('ending one asks first and names the consequence', async () => {
  const { calls } = open({ 'DELETE /api/clients/c1/guardians/g1': { ...authority, guardians: [] } })
  await userEvent.click(await screen.findByRole('button', { name: /End\s*the authority of Gus Marsh/ }))
  const dialog = await screen.findByRole('alertdialog', { name: 'End this authority' })
  expect(dialog).toHaveTextContent('It cannot be taken up again')
  expect(calls).not.toContain('DELETE /api/clients/c1/guardians/g1')
  await userEvent.click(within(dialog).getByRole('button', { name: 'End authority' }))
  await waitFor(() => expect(calls).toContain('DELETE /api/clients/c1/guardians/g1'))
})

test('whoever does not treat the client reads it and has nothing to press', async () => {
  open({}, { ...clinician, id: 'u9' })
  const guardians = await screen.findByRole('region', { name: 'Guardians and proxies' })
  expect(guardians).toHaveTextContent('Arranges sessions, pays.')
  expect(within(guardians).queryByRole('button')).toBeNull()
  expect(within(screen.getByRole('region', { name: 'Portal' })).queryByRole('button')).toBeNull()
})
