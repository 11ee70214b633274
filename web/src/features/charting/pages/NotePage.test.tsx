import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { forgetAutosave } from '../autosave'
import type { Note } from '../content'
import { ana, draft, formats, sam, signedNote } from '../test-data'
import * as NotePage from './NotePage'

const route = { path: '/notes/:noteId', ...NotePage }
type Body = { version: number } & Partial<Note>
const keeps = ({ body }: { body: unknown }) => ({ ...draft, ...(body as Body), started_at: draft.started_at, ended_at: draft.ended_at, version: (body as Body).version + 1 })

function serveNote(note: Note = draft, others: Record<string, unknown> = {}, person = ana) {
  return serve({
    'GET /api/me': person,
    'GET /api/note-formats': formats,
    'GET /api/notes/n1': note,
    'GET /api/notes': { items: [], next: null },
    'GET /api/clients/c1': { id: 'c1', name: 'Cleo Marsh', legal_name: 'Cleopatra Marsh', pronouns: 'they/them', age: 35, date_of_birth: '1991-03-12', medical_record_number: 'MS1', has_similar_name: false, alerts: [{ id: 'a1', kind: 'risk', text: 'Safety plan from 3 Nov' }], diagnoses: [] },
    'GET /api/clients/c1/measures': [],
    'PUT /api/notes/n1/draft': keeps,
    ...others,
  })
}

afterEach(() => {
  forgetAutosave('u1', 'n1')
  vi.unstubAllGlobals()
})

const plan = () => screen.findByRole('textbox', { name: 'Plan' })
const saveKey = '{Control>}s{/Control}'

test('shows whose note it is, saves with Ctrl-S, and says so', async () => {
  const calls = serveNote()
  renderPage('/notes/n1', route)
  await userEvent.type(await plan(), ' Call her school.')
  expect(await screen.findByText('Saves when you pause')).toBeVisible()
  await userEvent.keyboard(saveKey)
  await waitFor(() => expect(calls).toContain('PUT /api/notes/n1/draft'))
  expect(await screen.findByText(/^Saved /)).toBeVisible()
  expect(screen.getByText('Safety plan from 3 Nov', { exact: false })).toBeVisible()
  expect(await plan()).toHaveValue('Weekly. Call her school.')
  expect(await axeViolations(document.body)).toEqual([])
})

test('changing the format keeps every word', async () => {
  let saved: Body | undefined
  serveNote(draft, { 'PUT /api/notes/n1/draft': (request: { body: unknown }) => ((saved = request.body as Body), keeps(request)) })
  renderPage('/notes/n1', route)
  await plan()
  await userEvent.click(screen.getByRole('button', { name: /Format/ }))
  await userEvent.click(await screen.findByRole('option', { name: 'DAP' }))
  expect(await screen.findByRole('textbox', { name: 'Data' })).toHaveValue('')
  expect(screen.getByRole('textbox', { name: 'Subjective' })).toHaveValue('Slept better.')
  expect(await plan()).toHaveValue('Weekly.')
  await userEvent.keyboard(saveKey)
  await waitFor(() => expect(saved).toMatchObject({ note_format: 'DAP', sections: draft.sections }))
})

test('what is missing stands beside Sign, leads to its place, and Sign says why it waits', async () => {
  serveNote({ ...draft, sections: { ...draft.sections, plan: ' ' }, diagnoses: [] })
  renderPage('/notes/n1', route)
  const list = await screen.findByRole('list', { name: 'Missing before signing' })
  expect(within(list).getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['At least one diagnosis is needed.', 'Plan is empty.'])
  Element.prototype.scrollIntoView = vi.fn()
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  await userEvent.click(within(list).getByRole('button', { name: 'Plan is empty.' }))
  expect(await plan()).toHaveFocus()
  for (const button of screen.getAllByRole('button', { name: 'Sign…' })) expect(button).toHaveAttribute('aria-disabled', 'true')
  await userEvent.type(await plan(), 'Weekly.')
  expect(within(list).queryByRole('button', { name: 'Plan is empty.' })).toBeNull()
})

test('signs after the password, first wrong and then right', async () => {
  let right = false
  const calls = serveNote(draft, {
    'POST /_allauth/browser/v1/auth/reauthenticate': () => (right ? { status: 200, body: {} } : { status: 400, body: { errors: [{ code: 'incorrect_password', param: 'password', message: 'x' }] } }),
    'POST /api/notes/n1/signature': signedNote,
  })
  renderPage('/notes/n1', route)
  await plan()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  const dialog = await screen.findByRole('dialog', { name: 'Sign this note' })
  expect(within(dialog).getByText('Slept better.')).toBeVisible()
  expect(within(dialog).getByText('F41.1')).toBeVisible()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.type(within(dialog).getByLabelText(/Your password/), 'nope{Enter}')
  expect(await within(dialog).findByText('That is not your password.')).toBeVisible()
  expect(calls).not.toContain('POST /api/notes/n1/signature')
  right = true
  await userEvent.type(within(dialog).getByLabelText(/Your password/), 'right')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Sign note' }))
  expect(await screen.findByRole('region', { name: 'Signature' })).toBeVisible()
})

test('too many wrong passwords: the sentence says how long', async () => {
  serveNote(draft, { 'POST /_allauth/browser/v1/auth/reauthenticate': { status: 400, body: { errors: [{ code: 'too_many_login_attempts', message: 'x' }] } } })
  renderPage('/notes/n1', route)
  await plan()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await userEvent.type(await screen.findByLabelText(/Your password/), 'nope{Enter}')
  expect(await screen.findByText(/paused after too many wrong attempts/)).toBeVisible()
})

test('two tabs wrote in the same section: compare, keep both, saved on top of the newer one', async () => {
  const theirs = { ...draft, version: 6, updated_at: '2026-11-20T19:20:00Z', sections: { ...draft.sections, plan: 'From the other tab.' } }
  const saved: Body[] = []
  serveNote(draft, {
    'PUT /api/notes/n1/draft': (request: { body: unknown }) => {
      saved.push(request.body as Body)
      return saved.length === 1 ? { status: 409, body: { code: 'note_changed_elsewhere', detail: 'x' } } : keeps(request)
    },
    'GET /api/notes/n1': () => (saved.length === 0 ? draft : theirs),
  })
  renderPage('/notes/n1', route)
  await userEvent.clear(await plan())
  await userEvent.type(await plan(), 'From here.')
  await userEvent.keyboard(saveKey)
  expect(await screen.findByText(/Not saved: another tab changed this note at .*2:20 pm. Both versions are kept./)).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Compare' }))
  const dialog = await screen.findByRole('dialog', { name: 'Two versions of this note' })
  expect(within(dialog).getByRole('button', { name: 'Save this version' })).toHaveAttribute('aria-disabled', 'true')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Keep both' }))
  expect(within(dialog).getByRole('textbox', { name: 'Plan, as it will be saved' })).toHaveValue('From here.\n\nFrom the other tab.')
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save this version' }))
  await waitFor(() => expect(saved[1]).toMatchObject({ version: 6, sections: { plan: 'From here.\n\nFrom the other tab.' } }))
  expect(await plan()).toHaveValue('From here.\n\nFrom the other tab.')
})

test('a section comes back from the earlier texts', async () => {
  serveNote(draft, { 'GET /api/notes/n1/versions': [{ id: 'v1', version: 2, sections: { plan: 'What was there before.' }, created_at: '2026-11-20T21:00:00Z', kept_because: 'conflict' }] })
  renderPage('/notes/n1', route)
  await plan()
  await userEvent.click(screen.getByRole('button', { name: 'Earlier texts' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Restore this section' }))
  await userEvent.keyboard('{Escape}')
  expect(await plan()).toHaveValue('What was there before.')
})

test('leaving saves first, and asks only when that failed', async () => {
  const calls = serveNote()
  const { router } = renderPage('/notes/n1', route, { path: '/clients', element: <p>The list</p> })
  await userEvent.type(await plan(), ' More.')
  await router.navigate('/clients')
  expect(await screen.findByText('The list')).toBeVisible()
  expect(calls).toContain('PUT /api/notes/n1/draft')
})

test('leaving with text that cannot be saved asks', async () => {
  serveNote(draft, { 'PUT /api/notes/n1/draft': { status: 422, body: { code: 'bad_input', detail: 'Some of what was entered cannot be used.' } } })
  const { router } = renderPage('/notes/n1', route, { path: '/clients', element: <p>The list</p> })
  await userEvent.type(await plan(), ' More.')
  await router.navigate('/clients')
  const dialog = await screen.findByRole('alertdialog', { name: 'This note is not saved' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Stay with the note' }))
  expect(await plan()).toHaveValue('Weekly. More.')
})

test('a signed note is read; its author adds an amendment with a reason', async () => {
  const amended = { ...signedNote, amendments: [{ id: 'm1', author_name: 'Ana Alvarez, PhD', created_at: '2026-11-21T15:00:00Z', reason: 'Wrong dose named', text: 'The dose was 20 mg.' }] }
  serveNote(signedNote, { 'POST /api/notes/n1/amendments': amended })
  const { container } = renderPage('/notes/n1', route)
  expect(await screen.findByText('Slept better.')).toBeVisible()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.getByRole('link', { name: 'Print note' })).toHaveAttribute('href', '/api/notes/n1/document')
  await userEvent.click(screen.getByRole('button', { name: 'Add amendment' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add amendment' })
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'dose')
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Amendment/ }), 'The dose was 20 mg.')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add amendment' }))
  expect(await within(dialog).findByText('Say why, in at least 5 characters.')).toBeVisible()
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Reason/ }), ' was wrong')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add amendment' }))
  expect(await screen.findByText('Wrong dose named')).toBeVisible()
  expect(await axeViolations(container)).toEqual([])
})

test('a supervisor reads and finds nothing to press in vain', async () => {
  serveNote({ ...signedNote, may_amend: false, is_intact: false }, {}, sam)
  renderPage('/notes/n1', route)
  expect(await screen.findByText('This note is not what was signed')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Add amendment' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Earlier texts' })).toBeNull()
})
