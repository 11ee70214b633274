import { screen, waitFor, within } from '@testing-library/react'
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
  uploaded_by: 'Fay Morgan', uploaded_date: '2026-11-01T15:00:00Z', status: 'active', state: 'kept', is_scanned: false, is_shown: true, words: 'found', found: [], version_number: 2, latest_version: true, version: 1,
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

test('a file over the limit is refused before it is sent; one the server refuses says why', async () => {
  const sent: string[] = []
  class Refusing {
    upload = {}
    status = 422
    responseText = JSON.stringify({ code: 'file_refused', detail: 'This PDF holds a script.' })
    onload = () => {}
    open(_: string, path: string) {
      sent.push(path)
    }
    setRequestHeader() {}
    send() {
      setTimeout(() => this.onload())
    }
    abort() {}
  }
  vi.stubGlobal('XMLHttpRequest', Refusing)
  render({})
  const large = new File(['x'], 'large.pdf')
  Object.defineProperty(large, 'size', { value: 30 * 1_048_576 })
  await userEvent.upload(await screen.findByTestId('files'), [large, new File(['%PDF'], 'evil.pdf')])
  const coming = await screen.findByRole('list', { name: 'Files on their way' })
  await waitFor(() => expect(coming).toHaveTextContent('This PDF holds a script.'))
  expect(coming).toHaveTextContent('This file is too large: 31.5 MB, and at most 20 MB.')
  expect(sent).toEqual(['/api/clients/c1/documents'])
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss evil.pdf' }))
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss large.pdf' }))
  expect(coming).not.toBeInTheDocument()
  vi.unstubAllGlobals()
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
