import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { whyNotKeep } from './can'
import { DocumentsTab } from './parts/DocumentsTab'
import { listed, sizeOf, type Document } from './words'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ana Ortiz', initials: 'AO', email: 'ana@example.org', roles: ['clinician'], acting_in: ['clinician'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const client = { id: 'c1', care_team: [{ person_id: 'u1' }] } as Schema<'ClientOut'>
const consent: Document = {
  id: 'd1', client_id: 'c1', title: 'Consent', category: 'consent', tags: ['paper'], file_name: 'consent.pdf', mime_type: 'application/pdf', file_size_bytes: 13_000,
  uploaded_by: 'Fay Morgan', uploaded_date: '2026-11-01T15:00:00Z', status: 'active', state: 'kept', is_scanned: false, is_shown: true, words: 'found', found: [], version_number: 2, latest_version: true, version: 1, template: '', template_version: null, signed_at: null, is_out: false, is_copy_given_up: false, is_shared: false,
}
const evil: Document = { ...consent, id: 'd2', title: 'Evil', status: 'quarantined', state: 'quarantined', version_number: 1 }
const uploading = { most_bytes: 20 * 1_048_576, endings: ['.pdf', '.jpg', '.jpeg', '.txt'], has_scanner: false }
const list = (items: readonly Document[]) => ({ items, next: null, uploading })

function render(answers: Record<string, unknown>, can: string[] = ['add_documents']) {
  const calls = serve({ 'GET /api/me': me(...can), 'GET /api/clients/c1/documents': list([consent, evil]), ...answers })
  renderPage('/', { path: '/', element: <DocumentsTab client={client} /> })
  return calls
}

test('the list says what, by whom and how large, what is in quarantine, and that no scanner is connected', async () => {
  render({})
  const table = await screen.findByRole('table', { name: 'Documents' })
  for (const words of ['Consent', 'version 2', 'paper', 'Fay Morgan', '13 KB', 'In quarantine', 'The malware scanner objected']) expect(table).toHaveTextContent(words)
  expect(within(table).queryByRole('button', { name: 'Open Evil' })).not.toBeInTheDocument()
  expect(screen.getByText(/PDF, JPG or TXT, up to 20 MB each\..*no malware scanner is connected/)).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
})

test('where a word was met is shown as text, whatever it looks like', async () => {
  const found = [{ text: 'cannot ', is_hit: false }, { text: 'sleep', is_hit: true }, { text: ' <img src=x onerror=alert(1)>', is_hit: false }]
  render({ 'GET /api/clients/c1/documents': list([{ ...consent, found }]) })
  expect(await screen.findByText('sleep')).toContainHTML('<mark')
  expect(screen.getByRole('table', { name: 'Documents' })).toHaveTextContent('cannot sleep <img src=x onerror=alert(1)>')
  expect(document.querySelector('img')).toBeNull()
})

test('a document is archived at once, and Undo restores it', async () => {
  const calls = render({ 'PUT /api/documents/d1/archive': consent, 'DELETE /api/documents/d1/archive': consent })
  await userEvent.click(await screen.findByRole('button', { name: 'More about Consent' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Archive' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(calls).toContain('DELETE /api/documents/d1/archive'))
})

const coming = (received: number, size = 4) => ({ id: 'up1', size, received, piece_bytes: 2, expires_at: '2026-11-02T15:00:00Z' })
const refusal = { status: 422, body: { code: 'file_refused', detail: 'This PDF holds a script.' } }

test('a file over the limit is refused before it is sent; one the server refuses says why, and is let go of', async () => {
  const calls = render({ 'POST /api/uploads': { status: 201, body: coming(0) }, 'PATCH /api/uploads/up1': coming(4), 'POST /api/clients/c1/documents': refusal, 'DELETE /api/uploads/up1': {} })
  const large = new File(['x'], 'large.pdf')
  Object.defineProperty(large, 'size', { value: 30 * 1_048_576 })
  await userEvent.upload(await screen.findByTestId('files'), [large, new File(['%PDF'], 'evil.pdf'), new File([], 'empty.pdf')])
  const onTheirWay = await screen.findByRole('list', { name: 'Files on their way' })
  await waitFor(() => expect(onTheirWay).toHaveTextContent('This PDF holds a script.'))
  for (const words of ['This file is too large: 31.5 MB, and at most 20 MB.', 'This file is empty.']) expect(onTheirWay).toHaveTextContent(words)
  await waitFor(() => expect(calls.filter((call) => /uploads|POST/.test(call))).toEqual(['POST /api/uploads', 'PATCH /api/uploads/up1', 'POST /api/clients/c1/documents', 'DELETE /api/uploads/up1']))
  for (const name of ['evil.pdf', 'large.pdf', 'empty.pdf']) await userEvent.click(screen.getByRole('button', { name: `Dismiss ${name}` }))
  expect(onTheirWay).not.toBeInTheDocument()
})

test('after a cut connection a file goes on by itself where it has arrived', async () => {
  const asked: (string | null)[] = []
  const answers = [coming(2), new TypeError('fetch failed'), { status: 409, body: { code: 'not_the_next_piece', data: { received: 4 } } }]
  const piece = ({ url }: { url: URL }) => {
    asked.push(url.searchParams.get('begins'))
    const answer = answers.shift()
    if (answer instanceof TypeError) throw answer
    return answer
  }
  let tries = 0
  const finish = () => {
    if ((tries += 1) === 1) throw new TypeError('fetch failed')
    return { status: 201, body: consent }
  }
  const uploaded = () => ({ status: 201, body: coming(0) })
  render({ 'POST /api/uploads': uploaded, 'PATCH /api/uploads/up1': piece, 'POST /api/clients/c1/documents': finish })
  await userEvent.upload(await screen.findByTestId('files'), new File(['text'], 'a.pdf'))
  expect(await screen.findByText(/a.pdf: no connection/)).toBeInTheDocument()
  const back = setInterval(() => globalThis.dispatchEvent(new Event('online')), 5)
  expect(await screen.findByText('a.pdf added')).toBeInTheDocument()
  clearInterval(back)
  expect(asked).toEqual(['0', '2', '2'])
  expect(tries).toBe(2)
})

test('what a scanner that is away kept from being taken is tried again by itself', async () => {
  let tries = 0
  const finish = () => ((tries += 1) === 1 ? { status: 503, body: { code: 'scanner_away', detail: 'The scanner is away.' } } : { status: 201, body: consent })
  const calls = render({ 'POST /api/uploads': { status: 201, body: coming(0) }, 'PATCH /api/uploads/up1': coming(4), 'POST /api/clients/c1/documents': finish })
  await userEvent.upload(await screen.findByTestId('files'), new File(['text'], 'a.pdf'))
  expect(await screen.findByText(/a.pdf: it cannot be taken just now/)).toBeInTheDocument()
  const back = setInterval(() => globalThis.dispatchEvent(new Event('online')), 5)
  expect(await screen.findByText('a.pdf added')).toBeInTheDocument()
  clearInterval(back)
  expect(calls).not.toContain('DELETE /api/uploads/up1')
})

/** The last step of an upload is answered by the test; everything else as `serve` was told. */
function heldBack(answer: (signal: AbortSignal | null | undefined) => Promise<Response>) {
  const others = vi.mocked(globalThis.fetch).getMockImplementation()
  vi.mocked(globalThis.fetch).mockImplementation((input, init) => (init?.body instanceof FormData ? answer(init.signal) : (others?.(input, init) ?? Promise.reject(new Error()))))
}

test('what became a document before it was stopped is said to be there', async () => {
  const calls = render({ 'POST /api/uploads': { status: 201, body: coming(0) }, 'PATCH /api/uploads/up1': coming(4), 'DELETE /api/uploads/up1': { status: 409, body: { code: 'was_added', data: { result: 'd1' } } } })
  heldBack((signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))))
  await userEvent.upload(await screen.findByTestId('files'), new File(['text'], 'a.pdf'))
  const before = () => calls.filter((call) => call === 'GET /api/clients/c1/documents').length
  expect(before()).toBe(1)
  await waitFor(() => expect(screen.getByRole('progressbar', { name: 'Adding a.pdf' })).toHaveAttribute('aria-valuetext', 'Being checked'))
  await userEvent.click(screen.getByRole('button', { name: 'Stop adding a.pdf' }))
  expect(await screen.findByText(/a.pdf was added already/)).toBeInTheDocument()
  await waitFor(() => expect(before()).toBe(2))
})

test('a file that is refused after one has left says so where one is', async () => {
  let refuse: (answer: Response) => void = () => {}
  const calls = serve({ 'GET /api/me': me('add_documents'), 'GET /api/clients/c1/documents': list([]), 'POST /api/uploads': { status: 201, body: coming(0) }, 'PATCH /api/uploads/up1': coming(4), 'DELETE /api/uploads/up1': {} })
  heldBack(() => new Promise((resolve) => (refuse = resolve)))
  const { router } = renderPage('/', { path: '/', element: <DocumentsTab client={client} /> }, { path: '/elsewhere', element: <p>Elsewhere</p> })
  await userEvent.upload(await screen.findByTestId('files'), new File(['text'], 'a.pdf'))
  await waitFor(() => expect(calls).toContain('PATCH /api/uploads/up1'))
  await waitFor(() => expect(screen.getByRole('progressbar', { name: 'Adding a.pdf' })).toHaveAttribute('aria-valuetext', 'Being checked'))
  await act(() => router.navigate('/elsewhere'))
  refuse(Response.json(refusal.body, { status: 422 }))
  expect(await screen.findByText('a.pdf was not added. This PDF holds a script.')).toBeInTheDocument()
})

test('who only reads is offered nothing to add, and is told why', async () => {
  render({ 'GET /api/clients/c1/documents': list([]) }, [])
  expect(await screen.findByText(/You read these documents/)).toBeInTheDocument()
  expect(screen.queryByRole('group', { name: 'Add documents' })).not.toBeInTheDocument()
})

test('a list that cannot be loaded says so and tries again', async () => {
  render({ 'GET /api/clients/c1/documents': { status: 404, body: { code: 'not_found' } } })
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeInTheDocument()
})

test('words', () => {
  expect([0, 999, 1500, 2_449_000].map(sizeOf)).toEqual(['0 bytes', '999 bytes', '2 KB', '2.4 MB'])
  expect(listed(['.pdf', '.jpg', '.jpeg'])).toBe('PDF or JPG')
  expect(whyNotKeep(me('add_documents'), { care_team: [] })).toBe('You are not in this client’s care team.')
  expect(whyNotKeep(me('add_documents', 'add_client'), { care_team: [] })).toBeNull()
})
