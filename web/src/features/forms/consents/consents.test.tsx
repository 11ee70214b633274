import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { ana } from '../test-data'
import type { Consents } from '../words'
import { ConsentsSection } from './ConsentsSection'

const consent: Consents['consents'][number] = {
  id: 'k1',
  kind: 'treatment',
  state: 'in_force',
  title: 'I agree to treatment',
  words: 'I may stop at any time.',
  template_id: 't1',
  number: 2,
  form_id: 'f1',
  guardian: '',
  signer: 'Cleo Marsh',
  how: 'form',
  recipient: '',
  scope: '',
  effective: '2026-11-02',
  expires: '2027-11-01',
  recorded_by: 'Ana Cast',
  recorded_at: '2026-11-03T15:00:00Z',
  revoked_on: null,
  revoked_through: '',
  revoke_reason: '',
  revoked_by: '',
}
const consents: Consents = {
  client_id: 'c1',
  may_record: true,
  kinds: [
    { kind: 'treatment', state: 'in_force', expected: true },
    { kind: 'privacy', state: 'missing', expected: true },
  ],
  consents: [consent],
  texts: [{ template_id: 't1', number: 2, kind: 'privacy', title: 'Privacy notice received', words: 'How we use what we know.', months: null, expected: true }],
  signers: [{ guardian_id: null, name: 'Cleo Marsh' }],
  is_minor: false,
}

const reader = { ...ana, can: [...ana.can, 'read_notes' as const] }
const show = () => renderPage('/clients/c1', { path: '/clients/c1', element: <ConsentsSection clientId="c1" /> })

test('the chart says what is in force and what is missing', async () => {
  serve({ 'GET /api/me': reader, 'GET /api/clients/c1/consents': consents })
  const { container } = show()
  expect(await screen.findByRole('heading', { name: 'Privacy notice' })).toBeInTheDocument()
  expect(screen.getByText('Missing')).toBeInTheDocument()
  expect(screen.getAllByText('In force')).not.toHaveLength(0)
  expect(await axeViolations(container)).toEqual([])
})

test('none is recorded, and who only reads is told so', async () => {
  serve({ 'GET /api/me': reader, 'GET /api/clients/c1/consents': { ...consents, kinds: [], consents: [], may_record: false } })
  show()
  expect(await screen.findByText(/None is recorded/)).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Record a consent' })).toHaveAttribute('aria-disabled', 'true')
})

test('one is recorded in the words of the practice, and a release says to whom', async () => {
  const bodies: unknown[] = []
  serve({
    'GET /api/me': reader,
    'GET /api/clients/c1/consents': consents,
    'POST /api/clients/c1/consents': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return { status: 422, body: { code: 'bad_input', detail: 'No.', fields: { recipient: ['A release says this.'] } } }
    },
  })
  show()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Record a consent' })).not.toHaveAttribute('aria-disabled'))
  await userEvent.click(screen.getByRole('button', { name: 'Record a consent' }))
  const panel = await screen.findByRole('dialog', { name: 'Record a consent' })
  await userEvent.click(within(panel).getByRole('button', { name: /Agrees to/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'Privacy notice' }))
  expect(await within(panel).findByText('How we use what we know.')).toBeInTheDocument()
  await userEvent.click(within(panel).getByRole('button', { name: /Agrees to/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'Release of information' }))
  expect(await axeViolations(panel)).toEqual([])
  await userEvent.type(within(panel).getByRole('textbox', { name: /What was agreed to/ }), 'To my doctor.')
  await userEvent.click(within(panel).getByRole('button', { name: 'Record consent' }))
  expect(await within(panel).findByText('A release says this.')).toBeInTheDocument()
  expect(bodies).toMatchObject([{ kind: 'release', words: 'To my doctor.', how: 'paper', template_id: null, guardian_id: null }])
})

test('one is opened and revoked', async () => {
  const bodies: unknown[] = []
  serve({
    'GET /api/me': reader,
    'GET /api/clients/c1/consents': consents,
    'PUT /api/consents/k1/revocation': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return consents
    },
  })
  show()
  await userEvent.click(await screen.findByRole('button', { name: /^Open I agree to treatment/ }))
  const dialog = await screen.findByRole('dialog', { name: 'I agree to treatment' })
  expect(within(dialog).getByText('I may stop at any time.')).toBeInTheDocument()
  expect(await axeViolations(dialog)).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Record a revocation' }))
  const second = await screen.findByRole('dialog', { name: 'Record a revocation' })
  expect(await axeViolations(second)).toEqual([])
  await userEvent.click(within(second).getByRole('button', { name: 'Record revocation' }))
  await waitFor(() => expect(bodies).toMatchObject([{ through: 'Cleo Marsh', reason: '' }]))
})

const guardian = { guardian_id: 'g1', name: 'Mona Marsh' }

test.each([
  { others: [], chosen: true },
  { others: [{ guardian_id: 'g2', name: 'Max Marsh' }], chosen: false },
])('a minor is not taken for the giver, nor one of several guardians: %j', async ({ others, chosen }) => {
  const text = { template_id: 't1', number: 2, kind: 'treatment', title: 'I agree', words: 'To it.', months: 12, expected: true }
  serve({ 'GET /api/me': reader, 'GET /api/clients/c1/consents': { ...consents, texts: [text], is_minor: true, signers: [...consents.signers, guardian, ...others] } })
  show()
  await screen.findByRole('heading', { name: 'Privacy notice' })
  await userEvent.click(screen.getByRole('button', { name: 'Record a consent' }))
  const panel = await screen.findByRole('dialog', { name: 'Record a consent' })
  expect(within(panel).getByRole('radio', { name: /Cleo Marsh/ })).not.toBeChecked()
  expect(within(panel).getByRole<HTMLInputElement>('radio', { name: /Mona Marsh/ }).checked).toBe(chosen)
  expect(within(panel).getByText('Empty: good for 12 months, as its words say.')).toBeInTheDocument()
})

test('a revocation names what ends with it, and leaves what was given since', async () => {
  const more = [
    { ...consent, id: 'k2', title: 'Given before', effective: '2026-10-01' },
    { ...consent, id: 'k3', title: 'Given since', effective: '2026-11-20' },
  ]
  serve({ 'GET /api/me': reader, 'GET /api/clients/c1/consents': { ...consents, consents: [consent, ...more] } })
  show()
  await userEvent.click(await screen.findByRole('button', { name: /^Open I agree to treatment/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Record a revocation' }))
  const dialog = await screen.findByRole('dialog', { name: 'Record a revocation' })
  expect(within(dialog).getByText(/Given before, from/)).toBeInTheDocument()
  expect(within(dialog).queryByText(/Given since/)).not.toBeInTheDocument()
})
