import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { SendForSignature } from './forms/SendForSignature'
import { SignDocument } from './forms/SignDocument'
import { SignatureList } from './parts/SignatureList'
import { Signatures } from './parts/Signatures'
import { whyNotSend, type Place, type SignatureRequest, type SignerOption } from './signing'
import type { Document } from './words'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ana Ortiz', initials: 'AO', email: 'ana@example.org', roles: ['clinician'], acting_in: ['clinician'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const plan: Document = {
  id: 'd1', client_id: 'c1', title: 'Plan', category: 'treatment', tags: [], file_name: 'plan.pdf', mime_type: 'application/pdf', file_size_bytes: 13_000, uploaded_by: 'Ana Ortiz', uploaded_date: '2026-11-01T15:00:00Z',
  status: 'active', state: 'kept', is_scanned: false, is_shown: true, words: 'found', found: [], version_number: 1, latest_version: true, version: 1, template: '', template_version: null, signed_at: null, is_out: false, is_copy_given_up: false, is_shared: false,
}
const place: Place = { id: 's2', position: 2, role: 'Clinician', person_id: 'u1', name: 'Ana Ortiz', email: '', state: 'asked', asked_at: '2026-11-02T15:00:00Z', decided_at: null, method: '', address_now: '', mail: null, signed_name: '', decline_reason: '', is_gone: false }
const cleo: Place = { ...place, id: 's1', position: 1, role: 'Client', person_id: null, name: 'Cleo Client', email: 'cleo@example.org', state: 'signed', decided_at: '2026-11-02T14:00:00Z', method: 'drawn', signed_name: 'Cleo Client' }
const request: SignatureRequest = {
  id: 'r1', client_id: 'c1', client_name: 'Cleo Client', document_id: 'd1', document_sha256: 'a'.repeat(64), title: 'Plan', status: 'open', is_ordered: true, message: 'As we agreed.', created_at: '2026-11-01T15:00:00Z', created_by: 'Fay Morgan',
  expires_at: '2026-11-15T15:00:00Z', sealed_id: null, gives_copy: false, copy_given_up_at: null, consent: 'I agree to sign electronically.', intent: 'I mean to sign.', places: [cleo, place],
}
const options: SignerOption[] = [
  { id: 'c1', kind: 'client', name: 'Cleo Client', detail: 'Client', email: 'cleo@example.org', why_not: '' },
  { id: 'g1', kind: 'guardian', name: 'Gil Guardian', detail: 'Guardian', email: '', why_not: 'There is no e-mail address in the chart to send a link to.' },
  { id: 'u1', kind: 'staff', name: 'Ana Ortiz', detail: 'clinician', email: '', why_not: '' },
]
const proof = { 'POST /_allauth/browser/v1/auth/reauthenticate': { status: 200, body: {} } }
const link = { 'POST /api/documents/d1/link': { url: '/api/documents/d1/content?x', expires_at: '2026-11-02T15:01:00Z' } }

function render(element: React.ReactNode, answers: Record<string, unknown>, ...can: string[]) {
  const calls = serve({ 'GET /api/me': me(...can), ...answers })
  renderPage('/', { path: '/', element })
  return calls
}

test('the client is asked first, colleagues after; what is sent is whom, in which order', async () => {
  const sent: unknown[] = []
  const answer = ({ body }: { body: unknown }) => {
    sent.push(body)
    return { status: 201, body: request }
  }
  render(<SendForSignature document={plan} onClose={() => undefined} />, { 'GET /api/clients/c1/possible-signers': options, 'POST /api/documents/d1/signature-requests': answer })
  const list = await screen.findByRole('list', { name: 'Who signs' })
  expect(within(list).getByRole('button', { name: /Cleo Client/ })).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Add a signer' }))
  expect(screen.getByRole('button', { name: 'Send for signature' })).toHaveAttribute('aria-disabled', 'true')
  const second = screen.getByRole('listitem', { name: 'Signer 2' })
  await userEvent.click(within(second).getByRole('button', { name: /Who/ }))
  expect(screen.getByRole('option', { name: /Gil Guardian/ })).toHaveAttribute('aria-disabled', 'true')
  await userEvent.click(screen.getByRole('option', { name: /Ana Ortiz/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Move signer 2 up' }))
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Send for signature' }))
  await waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({ signers: [{ id: 'u1', role: 'Clinician' }, { id: 'c1', role: 'Client' }], is_ordered: true, days: 14 })
})

test('a document says who has signed, who is asked, and why not', async () => {
  const calls = render(<SignatureList document={{ ...plan, is_out: true }} zone="America/New_York" whyNot={null} />, {
    'GET /api/documents/d1/signature-requests': { items: [request, { ...request, id: 'r0', status: 'declined', places: [{ ...cleo, id: 's0', state: 'declined', decline_reason: 'The fee is wrong.' }] }] },
    'POST /api/signature-requests/r1/reminder': request,
    'POST /api/signature-requests/r1/withdrawal': { ...request, status: 'withdrawn' },
  })
  const region = await screen.findByRole('region', { name: 'Signatures' })
  await screen.findByText('Out for signature')
  for (const words of ['Cleo Client', 'Asked to sign', 'As we agreed.', 'Declined', 'The fee is wrong.', 'drawn']) expect(region).toHaveTextContent(words)
  await userEvent.click(screen.getByRole('button', { name: 'Remind' }))
  await waitFor(() => expect(calls).toContain('POST /api/signature-requests/r1/reminder'))
  await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Withdraw request' }))
  await waitFor(() => expect(calls).toContain('POST /api/signature-requests/r1/withdrawal'))
  expect(await axeViolations(document.body)).toEqual([])
})

const linked: Place = { ...cleo, state: 'asked', decided_at: null, method: '', signed_name: '', address_now: 'cleo@example.org', mail: { what: 'link', address: 'cleo@example.org', state: 'sent', at: '2026-11-01T15:00:00Z', delivery_status: '', problem: '' } }

test.each<[string, Partial<Place>, string]>([
  ['sent', {}, 'Link sent to cleo@example.org'],
  ['called off', { mail: { ...linked.mail!, state: 'called_off' } }, 'was called off and not sent'],
  ['came back', { mail: { ...linked.mail!, delivery_status: 'bounced' } }, 'came back. Put the address right'],
  ['failed', { mail: { ...linked.mail!, state: 'failed', problem: 'No such mailbox.' } }, 'was not sent. No such mailbox.'],
  ['address changed', { address_now: 'new@example.org' }, 'The address in the chart is now new@example.org'],
  ['no address', { address_now: '' }, 'no e-mail address any more'],
  ['never reached', { mail: null, address_now: '' }, 'No link was sent: the chart has no e-mail address'],
  ['left', { ...place, is_gone: true }, 'they left the care team'],
])('a signer is shown as the outbox has it: %s', async (_, some, words) => {
  render(<SignatureList document={plan} zone="America/New_York" whyNot={null} />, { 'GET /api/documents/d1/signature-requests': { items: [{ ...request, places: [{ ...linked, ...some }] }] } })
  await screen.findByText('Out for signature')
  expect(screen.getByRole('list', { name: 'Signers' })).toHaveTextContent(words)
})

test('a reminder says who was left out', async () => {
  const gil: Place = { ...place, id: 's3', role: 'Guardian', person_id: null, name: 'Gil Guardian', email: 'gil@example.org' }
  render(<SignatureList document={plan} zone="America/New_York" whyNot={null} />, {
    'GET /api/documents/d1/signature-requests': { items: [request] },
    'POST /api/signature-requests/r1/reminder': { ...request, places: [place, gil] },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Remind' }))
  expect(await screen.findByText('Reminded, but not Gil Guardian: there is no e-mail address in the chart')).toBeVisible()
})

const sealed: SignatureRequest = { ...request, status: 'signed', sealed_id: 'd2', gives_copy: true }
const copied = { what: 'copy', address: 'cleo@example.org', state: 'sent', at: '2026-11-03T15:00:00Z', delivery_status: '', problem: '' } as const
test.each<[string, Partial<Place>, string]>([
  ['came back', { address_now: 'cleo@example.org', mail: { ...copied, delivery_status: 'bounced' } }, 'then send the copy again'],
  ['never sent', { mail: { ...copied, what: 'link' }, address_now: '' }, 'No copy was sent: the chart has no e-mail address'],
  ['moved', { mail: copied, address_now: 'new@example.org' }, 'Send the copy again to reach them there'],
])('a signed copy is sent again: %s', async (_, some, words) => {
  const calls = render(<SignatureList document={plan} zone="America/New_York" whyNot={null} />, {
    'GET /api/documents/d1/signature-requests': { items: [{ ...sealed, places: [{ ...cleo, ...some }] }] },
    'POST /api/signature-requests/r1/copy-mail': { ...sealed, places: [{ ...cleo, address_now: 'new@example.org' }] },
  })
  await screen.findByText('Signed by everybody')
  expect(screen.getByRole('list', { name: 'Signers' })).toHaveTextContent(words)
  await userEvent.click(screen.getByRole('button', { name: 'Send the copy again' }))
  await waitFor(() => expect(calls).toContain('POST /api/signature-requests/r1/copy-mail'))
})

test('a copy that could not be made says what to do, and is tried again', async () => {
  const given_up = { ...request, status: 'signed', copy_given_up_at: '2026-11-03T15:00:00Z', places: [cleo] }
  const calls = render(<SignatureList document={plan} zone="America/New_York" whyNot={null} />, { 'GET /api/documents/d1/signature-requests': { items: [given_up] }, 'POST /api/signature-requests/r1/copy': request })
  expect(await screen.findByText('The signed copy could not be made')).toBeVisible()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(calls).toContain('POST /api/signature-requests/r1/copy'))
})

test('one signs after reading, with both sentences ticked, one’s name and one’s password', async () => {
  const sent: unknown[] = []
  const calls = render(<SignDocument request={request} place={place} onClose={() => undefined} />, {
    ...proof, ...link,
    'POST /api/signature-requests/r1/signature': ({ body }: { body: unknown }) => {
      sent.push(body)
      return sent.length === 1 ? { status: 422, body: { code: 'bad_input', fields: { name: ['Type your name as it stands here: Ana Ortiz.'] } } } : request
    },
  })
  expect(await screen.findByTitle('Plan')).toBeInTheDocument()
  const sign = () => screen.getByRole('button', { name: 'Sign document' })
  expect(sign()).toHaveAttribute('aria-disabled', 'true')
  await userEvent.click(screen.getByRole('checkbox', { name: 'I agree to sign electronically.' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'I mean to sign.' }))
  await userEvent.type(screen.getByRole('textbox', { name: /Your name/ }), 'Ana')
  await userEvent.type(screen.getByLabelText(/Your password/), 'secret')
  await userEvent.click(sign())
  expect(await screen.findByText('Type your name as it stands here: Ana Ortiz.')).toBeInTheDocument()
  expect(screen.getByRole('textbox', { name: /Your name/ })).toHaveValue('Ana')
  await userEvent.type(screen.getByRole('textbox', { name: /Your name/ }), ' Ortiz')
  await userEvent.type(screen.getByLabelText(/Your password/), 'secret')
  await userEvent.click(sign())
  await waitFor(() => expect(sent).toHaveLength(2))
  expect(sent[1]).toEqual({ name: 'Ana Ortiz', drawing: null, document_sha256: 'a'.repeat(64), consents: true, intends: true })
  expect(calls.indexOf('POST /_allauth/browser/v1/auth/reauthenticate')).toBeLessThan(calls.indexOf('POST /api/signature-requests/r1/signature'))
})

test('one declines with a reason, or thinks better of it', async () => {
  const calls = render(<SignDocument request={request} place={place} onClose={() => undefined} />, { ...link, 'POST /api/signature-requests/r1/refusal': request })
  await userEvent.click(await screen.findByRole('button', { name: 'Decline to sign' }))
  await userEvent.click(screen.getByRole('button', { name: 'Back to the document' }))
  await userEvent.click(screen.getByRole('button', { name: 'Decline to sign' }))
  await userEvent.type(screen.getByRole('textbox', { name: /Why not/ }), 'The dates are wrong.')
  await userEvent.click(screen.getByRole('button', { name: 'Decline to sign' }))
  await waitFor(() => expect(calls).toContain('POST /api/signature-requests/r1/refusal'))
})

test('Today shows what waits for me and what I have sent, and nothing where nothing waits', async () => {
  const pages = ({ url }: { url: URL }) => ({ items: url.searchParams.get('whose') === 'mine' ? [request] : [{ ...request, id: 'r2', title: 'Consent' }], next: null })
  render(<Signatures />, { 'GET /api/signature-requests': pages }, 'see_schedule')
  expect(await screen.findByRole('region', { name: 'To sign' })).toHaveTextContent('Plan')
  expect(screen.getByRole('region', { name: 'Out for signature' })).toHaveTextContent('1 of 2 signed · waits for Ana Ortiz')
  expect(await axeViolations(document.body)).toEqual([])
})

test.each<[Partial<Document>, string | null]>([
  [{}, null],
  [{ mime_type: 'image/png' }, 'Only a PDF can be signed.'],
  [{ signed_at: '2026-11-02T15:00:00Z' }, 'It is signed already.'],
  [{ is_out: true }, 'It is out for signature already.'],
  [{ status: 'archived' }, 'Only an active document can be sent.'],
])('what can be sent: %o', (said, why) => {
  expect(whyNotSend({ ...plan, ...said }, null)).toBe(why)
})
