import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { ShareDocument } from './forms/ShareDocument'
import { ShareList } from './parts/ShareList'
import { readingOf, whyNotShare, type Share } from './sharing'
import type { Document } from './words'

const plan: Document = {
  id: 'd1', client_id: 'c1', title: 'Plan', category: 'treatment', tags: [], file_name: 'plan.pdf', mime_type: 'application/pdf', file_size_bytes: 13_000, uploaded_by: 'Ana Ortiz', uploaded_date: '2026-11-01T15:00:00Z',
  status: 'active', state: 'kept', is_scanned: false, is_shown: true, words: 'found', found: [], version_number: 2, latest_version: true, version: 1, template: '', template_version: null, signed_at: null, is_out: false, is_copy_given_up: false, is_shared: true,
}
const share: Share = {
  id: 's1', version_number: 1, reader: 'Cleo Client', channel: 'Email', address: 'cleo@example.org', message: 'As we spoke about.', shared_at: '2026-11-01T15:00:00Z', shared_by: 'Ana Ortiz', expires_at: '2026-12-01T15:00:00Z',
  standing: 'good', revoked_at: null, revoked_by: '', opened_at: '2026-11-02T15:00:00Z', last_opened_at: '2026-11-03T15:00:00Z', times_opened: 2,
}
const cleo: Schema<'LinkReaderOut'> = { guardian_id: null, name: 'Cleo Client', email: 'cleo@example.org', phone: '' }
const gil: Schema<'LinkReaderOut'> = { guardian_id: 'g1', name: 'Gil Guardian', email: '', phone: '+12025550143' }
const pat: Schema<'LinkReaderOut'> = { ...gil, guardian_id: 'g2', name: 'Pat Guardian' }
const whole = { shares: [share], readers: [cleo, gil, pat] }

function render(element: React.ReactNode, answers: Record<string, unknown>) {
  const calls = serve({ 'GET /api/documents/d1/shares': whole, ...answers })
  renderPage('/', { path: '/', element })
  return calls
}

test('it goes to the client, or to a guardian by text message once they agreed', async () => {
  const sent: unknown[] = []
  const answer = ({ body }: { body: unknown }) => {
    sent.push(body)
    return sent.length === 1 ? { status: 422, body: { code: 'bad_input', fields: { channel: ['There is no address of this kind in the chart.'] } } } : { status: 201, body: whole }
  }
  render(<ShareDocument document={plan} onClose={() => undefined} />, { 'POST /api/documents/d1/shares': answer })
  await userEvent.click(await screen.findByRole('radio', { name: /Gil Guardian/ }))
  const send = () => screen.getByRole('button', { name: 'Share document' })
  expect(send()).toHaveAttribute('aria-disabled', 'true')
  await userEvent.click(screen.getByRole('checkbox', { name: /Gil Guardian agreed/ }))
  await userEvent.click(screen.getByRole('radio', { name: /Pat Guardian/ }))
  expect(screen.getByRole('checkbox', { name: /Pat Guardian agreed/ })).not.toBeChecked()
  await userEvent.click(screen.getByRole('radio', { name: /Gil Guardian/ }))
  await userEvent.type(screen.getByRole('textbox', { name: /Message/ }), 'Please look.')
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(send())
  expect(await screen.findByText('There is no address of this kind in the chart.')).toBeInTheDocument()
  expect(screen.getByRole('textbox', { name: /Message/ })).toHaveValue('Please look.')
  await userEvent.click(send())
  await waitFor(() => expect(sent).toHaveLength(2))
  expect(sent[0]).toMatchObject({ guardian_id: 'g1', channel: 'SMS', has_agreed: true, days: 30, message: 'Please look.' })
  expect((sent[1] as { id: string }).id).toBe((sent[0] as { id: string }).id)
})

test('with nobody to share it with, it says why', async () => {
  render(<ShareDocument document={plan} onClose={() => undefined} />, { 'GET /api/documents/d1/shares': { shares: [], readers: [] } })
  expect(await screen.findByText(/It can be shared with nobody/)).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Share document' })).toHaveAttribute('aria-disabled', 'true')
})

test('who has it, whether they read it, and taking it back', async () => {
  const calls = render(<ShareList document={plan} zone="America/New_York" whyNot={null} />, { 'PUT /api/document-shares/s1/taking-back': whole })
  const region = await screen.findByRole('region', { name: 'Shared with' })
  await screen.findByText('Opened')
  for (const words of ['Cleo Client', 'cleo@example.org', 'version 1', 'opened twice', 'As we spoke about.']) expect(region).toHaveTextContent(words)
  await userEvent.click(screen.getByRole('button', { name: 'Take back from Cleo Client' }))
  expect(await screen.findByText(/a copy that was kept cannot be taken back/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Take back' }))
  await waitFor(() => expect(calls).toContain('PUT /api/document-shares/s1/taking-back'))
  expect(await axeViolations(document.body)).toEqual([])
})

test('a share that is over cannot be taken back, and who may not share is told why', async () => {
  render(<ShareList document={plan} zone="America/New_York" whyNot="You read these documents." />, { 'GET /api/documents/d1/shares': { ...whole, shares: [{ ...share, standing: 'expired' }, { ...share, id: 's2', standing: 'not_entitled' }] } })
  expect(await screen.findByText('Run out')).toBeInTheDocument()
  expect(screen.getByText('May not see it any more')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Take back from/ })).toBeNull()
  expect(screen.getByRole('button', { name: 'Share' })).toHaveAttribute('aria-disabled', 'true')
})

test('how often it was read, and what can be shared', () => {
  const said = (times_opened: number) => readingOf({ ...share, times_opened }, () => 'today')
  expect([said(1), said(2), said(7)]).toEqual(['opened once, today', 'opened twice, last today', 'opened 7 times, last today'])
  expect(readingOf({ ...share, last_opened_at: null }, () => 'today')).toBeNull()
  expect([whyNotShare(plan, null), whyNotShare(plan, 'No.'), whyNotShare({ ...plan, status: 'archived' }, null)]).toEqual([null, 'No.', expect.stringContaining('active')])
})
