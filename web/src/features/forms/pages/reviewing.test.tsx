import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { ana, sent, template } from '../test-data'
import type { Form } from '../words'
import * as FormPage from './FormPage'

const formPage = { path: '/forms/:formId', ...FormPage }

test('asking for changes needs words', async () => {
  const bodies: unknown[] = []
  serve({
    'GET /api/me': ana,
    'GET /api/forms/f1': sent,
    'POST /api/forms/f1/review': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return { ...sent, status: 'returned' }
    },
  })
  const { container } = renderPage('/forms/f1', formPage)
  const review = await screen.findByRole('region', { name: 'Review' })
  expect(screen.getByText('Cleo')).toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(within(review).getByRole('button', { name: 'Ask for changes' }))
  expect(bodies).toEqual([])
  await userEvent.type(within(review).getByRole('textbox', { name: 'Note' }), 'Which one?')
  await userEvent.click(within(review).getByRole('button', { name: 'Ask for changes' }))
  await waitFor(() => expect(bodies).toEqual([{ round: 1, outcome: 'returned', note: 'Which one?', taken: {} }]))
})

test('who signed the consents of a minor is said before the form is accepted', async () => {
  const bodies: unknown[] = []
  const consents = [{ title: 'Treatment', signer: 'Mona', effective: '2026-11-20', wrong: '', is_revoked: false }]
  const signers = [
    { guardian_id: null, name: 'Cleo Marsh', is_presumed: false },
    { guardian_id: 'g1', name: 'Mona Marsh', is_presumed: false },
  ]
  serve({
    'GET /api/me': ana,
    'GET /api/forms/f1': { ...sent, consents, signers },
    'POST /api/forms/f1/review': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return { ...sent, status: 'accepted' }
    },
  })
  const { container } = renderPage('/forms/f1', formPage)
  const review = await screen.findByRole('region', { name: 'Review' })
  expect(within(review).getByText(/Treatment: signed as Mona/)).toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(within(review).getByRole('button', { name: 'Accept form' }))
  expect(bodies).toEqual([])
  await userEvent.click(within(review).getByRole('radio', { name: /Mona Marsh/ }))
  await userEvent.click(within(review).getByRole('button', { name: 'Accept form' }))
  await waitFor(() => expect(bodies).toEqual([{ round: 1, outcome: 'accepted', note: '', signed_by: 'g1', taken: {} }]))
})

const offer = { what: 'preferred_name', label: 'Preferred name', now: '', becomes: 'Cee', wrong: '' } as const
const phone = { what: 'primary_phone', label: 'Telephone', now: '518 555 0100', becomes: '518 555 0133', wrong: '' } as const
const mail = { what: 'email', label: 'E-mail', now: '', becomes: 'cee at home', wrong: 'This is not an e-mail address.' } as const

test('answers are taken over into the chart by ticks alone, and a change meanwhile shows', async () => {
  const bodies: unknown[] = []
  let details: Form['details'] = { may_take: true, changed_at: null, offers: [offer, phone, mail] }
  serve({
    'GET /api/me': ana,
    'GET /api/forms/f1': () => ({ ...sent, details }),
    'POST /api/forms/f1/review': ({ body }: { body: unknown }) => {
      bodies.push(body)
      if (bodies.length > 1) return { ...sent, status: 'accepted' }
      details = { may_take: true, changed_at: '2026-11-21T15:00:00Z', offers: [offer, { ...phone, now: '518 555 0177' }, mail] }
      return { status: 409, body: { code: 'chart_changed_elsewhere', detail: 'The chart was changed in the meantime.', fields: { primary_phone: ['Somebody changed this.'] } } }
    },
  })
  const { container } = renderPage('/forms/f1', formPage)
  const review = await screen.findByRole('region', { name: 'Review' })
  expect(within(review).getByText('This is not an e-mail address.')).toBeInTheDocument()
  expect(within(review).queryByRole('checkbox', { name: 'E-mail' })).not.toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(within(review).getByRole('button', { name: 'Tick all' }))
  await userEvent.click(within(review).getByRole('button', { name: 'Accept form' }))
  await waitFor(() => expect(bodies).toHaveLength(1))
  expect(bodies[0]).toEqual({ round: 1, outcome: 'accepted', note: '', taken: { preferred_name: '', primary_phone: '518 555 0100' } })
  expect(await within(review).findByText('518 555 0177')).toBeInTheDocument()
  expect(within(review).getByText(/changed after this form was sent/)).toBeInTheDocument()
  expect(within(review).getByRole('checkbox', { name: 'Telephone' })).not.toBeChecked()
  await userEvent.click(within(review).getByRole('button', { name: 'Accept form' }))
  await waitFor(() => expect(bodies[1]).toEqual({ round: 1, outcome: 'accepted', note: '', taken: { preferred_name: '' } }))
})

test('who may not change details is told who does', async () => {
  serve({ 'GET /api/me': ana, 'GET /api/forms/f1': { ...sent, details: { may_take: false, changed_at: null, offers: [offer] } } })
  renderPage('/forms/f1', formPage)
  const review = await screen.findByRole('region', { name: 'Review' })
  expect(within(review).getByText(/does not change a client’s details/)).toBeInTheDocument()
  expect(within(review).queryByRole('checkbox')).not.toBeInTheDocument()
})

test('a file that was sent is opened until it is in the chart', async () => {
  const file = { id: 'x1', field: 'card', file_name: 'card.png', mime_type: 'image/png', file_size_bytes: 2048, state: 'kept', is_shown: true, document_id: null } as const
  const fields = [{ ...template.definition.fields[0]!, key: 'card', kind: 'file' as const, label: 'Your card' }]
  const rounds = [{ ...sent.rounds[0]!, answers: { card: ['x1'] } }]
  const calls = serve({
    'GET /api/me': ana,
    'GET /api/forms/f1': { ...sent, definition: { fields, scores: [] }, rounds, files: [file] },
    'GET /api/forms/f2': { ...sent, id: 'f2', definition: { fields, scores: [] }, rounds, files: [{ ...file, document_id: 'd1' }] },
    'POST /api/forms/f1/files/x1/link': { url: '#x', expires_at: '2026-11-20T15:11:00Z' },
  })
  const { container, unmount } = renderPage('/forms/f1', formPage)
  await userEvent.click(await screen.findByRole('button', { name: 'Open card.png, 2 KB' }))
  await waitFor(() => expect(calls).toContain('POST /api/forms/f1/files/x1/link'))
  expect(await axeViolations(container)).toEqual([])
  unmount()
  renderPage('/forms/f2', formPage)
  expect(await screen.findByRole('link', { name: 'in the chart’s documents' })).toHaveAttribute('href', '/clients/c1?tab=documents')
})

test('what was entered in error says why, after it was asked for', async () => {
  const bodies: unknown[] = []
  const error = { reason: 'Another client’s.', by: 'Ana Cast', at: '2026-11-20T15:20:00Z' }
  let now: Form = sent
  serve({
    'GET /api/me': ana,
    'GET /api/forms/f1': () => now,
    'PUT /api/forms/f1/error': ({ body }: { body: unknown }) => (bodies.push(body), (now = { ...sent, status: 'in_error', error })),
  })
  const { container } = renderPage('/forms/f1', formPage)
  await userEvent.click(await screen.findByRole('button', { name: 'Entered in error' }))
  const dialog = await screen.findByRole('dialog', { name: 'Entered in error?' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Mark as entered in error' }))
  expect(bodies).toEqual([])
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Why/ }), 'Another client’s.')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Mark as entered in error' }))
  expect(await screen.findByText(/nothing in it counts/)).toBeInTheDocument()
  expect(bodies).toEqual([{ reason: 'Another client’s.' }])
  expect(await axeViolations(container)).toEqual([])
  expect(screen.queryByRole('region', { name: 'Review' })).not.toBeInTheDocument()
})
