import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { cleo, clinician, frontDesk, staff, supervisor } from '../test-data'
import * as ChartPage from './ChartPage'

const route = { path: '/clients/:clientId', ...ChartPage }
const note = { path: '/notes/:noteId', element: <p>The note</p> }
const hour = 3_600_000
const at = (hours: number) => new Date(Date.now() + hours * hour).toISOString()

const items = [
  { id: 'p9', kind: 'appointment', at: at(24 * 14), title: 'Individual Therapy with Ana Ortiz', subtitle: 'Office', status: 'Scheduled' },
  { id: 'p8', kind: 'appointment', at: at(24 * 7), title: 'Individual Therapy with Ana Ortiz', subtitle: 'Office', status: 'Scheduled' },
  { id: 'n1', kind: 'note', at: at(-24 * 7), title: 'Progress note', subtitle: 'SOAP by Ana Ortiz', status: 'signed' },
  { id: 'p7', kind: 'appointment', at: at(-24 * 7), title: 'Individual Therapy with Ana Ortiz', subtitle: 'Office', status: 'Completed' },
]
const measures = [{ instrument: 'PHQ-9', lowest: 9, highest: 15, points: [{ taken_at: '2026-09-01T14:00:00Z', score: 15 }, { taken_at: '2026-10-01T14:00:00Z', score: 9 }] }]

function serveChart(others: Record<string, unknown> = {}, person = clinician) {
  return serve({
    'GET /api/me': person,
    'GET /api/staff': staff,
    'GET /api/clients/c1': cleo,
    'GET /api/clients/c1/timeline': { items, next: null },
    'GET /api/clients/c1/measures': measures,
    ...others,
  })
}

test('the header says who this is, what to mind and when the next session is', async () => {
  serveChart()
  renderPage('/clients/c1', route)
  expect(await screen.findByRole('heading', { name: 'Cleo Marsh' })).toBeInTheDocument()
  const header = screen.getByRole('banner')
  for (const words of ['Legal name Cleopatra Anne Marsh', 'they/them', 'Age 35', 'Born 12 Mar 1991', 'Record MS000001', 'Similar name', 'Risk: Safety plan from 3 Nov']) expect(header).toHaveTextContent(words)
  await waitFor(() => expect(header).toHaveTextContent(/Next session \w{3} \d/))
  expect(within(header).getByRole('link', { name: 'New session' })).toHaveAttribute('href', '/calendar?client=c1')
  expect(screen.getByRole('img', { name: /PHQ-9, 2 results.*last 9 \(mild\), 6 lower than before; lowest 9, highest 15/ })).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
})

test('the timeline folds later sessions, filters by kind in the address, and searches', async () => {
  const asked: URLSearchParams[] = []
  serveChart({
    'GET /api/clients/c1/timeline': ({ url }: { url: URL }) => {
      asked.push(url.searchParams)
      return { items: url.searchParams.get('q') === 'nothing' ? [] : items, next: null }
    },
  })
  const { router } = renderPage('/clients/c1', route)
  const coming = await screen.findByRole('list', { name: 'Coming up' })
  expect(within(coming).getAllByRole('listitem')).toHaveLength(1)
  await userEvent.click(screen.getByRole('button', { name: '1 later' }))
  expect(within(coming).getAllByRole('listitem')).toHaveLength(2)
  expect(screen.getByRole('link', { name: 'Progress note' })).toHaveAttribute('href', '/notes/n1')
  await userEvent.click(screen.getByRole('button', { name: 'Measures' }))
  await userEvent.click(screen.getByRole('button', { name: 'Notes' }))
  expect(router.state.location.search).toBe('?kinds=note%2Cmeasure')
  await waitFor(() => expect(asked.at(-1)?.getAll('kinds')).toEqual(['note', 'measure']))
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search the timeline' }), 'nothing')
  expect(await screen.findByText('Nothing matches')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Show everything' }))
  expect(router.state.location.search).toBe('')
})

test('an alert is raised; an alert is ended and comes back by Undo', async () => {
  const raised: unknown[] = []
  serveChart({
    'POST /api/clients/c1/alerts': ({ body }: { body: unknown }) => {
      raised.push(body)
      return { status: 201, body: { ...cleo, alerts: [...cleo.alerts, { id: 'a2', ...(body as object) }] } }
    },
    'DELETE /api/clients/c1/alerts/a1': { ...cleo, alerts: [] },
  })
  renderPage('/clients/c1', route)
  await userEvent.click(await screen.findByRole('button', { name: 'Raise alert' }))
  const panel = await screen.findByRole('dialog', { name: 'Raise an alert' })
  await userEvent.click(within(panel).getByRole('button', { name: 'Raise alert' }))
  expect(await within(panel).findByText('Write what everybody must know.')).toBeInTheDocument()
  await userEvent.click(within(panel).getByRole('radio', { name: /Allergy/ }))
  await userEvent.type(within(panel).getByRole('textbox', { name: /What everybody must know/ }), 'Latex')
  expect(await axeViolations(panel)).toEqual([])
  await userEvent.click(within(panel).getByRole('button', { name: 'Raise alert' }))
  await waitFor(() => expect(screen.getByRole('banner')).toHaveTextContent('Allergy: Latex'))
  expect(raised).toEqual([{ kind: 'allergy', text: 'Latex' }])

  await userEvent.click(screen.getByRole('button', { name: 'End alert: Risk, Safety plan from 3 Nov' }))
  await waitFor(() => expect(screen.getByRole('banner')).not.toHaveTextContent('Safety plan'))
  await userEvent.click(await screen.findByRole('button', { name: /Undo/ }))
  await waitFor(() => expect(raised.at(-1)).toEqual({ kind: 'risk', text: 'Safety plan from 3 Nov' }))
})

test('details changed elsewhere: nothing entered is lost, and both changes can be saved', async () => {
  let stored = cleo
  const sent: Record<string, unknown>[] = []
  serveChart({
    'GET /api/clients/c1': () => stored,
    'PUT /api/clients/c1': ({ body }: { body: Record<string, unknown> }) => {
      sent.push(body)
      if (body.version !== stored.version) return { status: 409, body: { code: 'client_changed_elsewhere', detail: 'Not saved.', data: { version: stored.version } } }
      stored = { ...stored, ...(body as Partial<typeof cleo>), version: stored.version + 1 }
      return stored
    },
  })
  renderPage('/clients/c1?tab=details', route)
  await userEvent.click(await screen.findByRole('button', { name: 'Change details' }))
  const form = screen.getByRole('form', { name: 'Client details' })
  const fill = async (name: RegExp, text: string) => {
    await userEvent.clear(within(form).getByRole('textbox', { name }))
    await userEvent.type(within(form).getByRole('textbox', { name }), text)
  }
  await fill(/Phone/, '518 555 0111')
  await fill(/Pronouns/, 'she/her')
  stored = { ...cleo, version: 4, primary_phone: '518 555 0222', city: 'Northgate' }
  await userEvent.click(within(form).getByRole('button', { name: 'Save details' }))
  expect(await within(form).findByText(/Theirs were taken over for: City/)).toBeInTheDocument()
  expect(form).toHaveTextContent('yours “518 555 0111”, saved “518 555 0222”')
  expect(within(form).getByRole('textbox', { name: /Pronouns/ })).toHaveValue('she/her')
  expect(await axeViolations(form)).toEqual([])
  await userEvent.click(within(form).getByRole('button', { name: 'Use what is saved for Phone' }))
  await userEvent.click(within(form).getByRole('button', { name: 'Save details' }))
  await screen.findByText('Details saved')
  expect(sent[1]).toMatchObject({ version: 4, primary_phone: '518 555 0222', city: 'Northgate', pronouns: 'she/her' })
})

test('entries that are not saved are not left by accident', async () => {
  serveChart()
  const { router } = renderPage('/clients/c1?tab=details', route)
  await userEvent.click(await screen.findByRole('button', { name: 'Change details' }))
  await userEvent.type(screen.getByRole('textbox', { name: /City/ }), 'X')
  await userEvent.click(screen.getByRole('tab', { name: 'Notes' }))
  const question = await screen.findByRole('alertdialog', { name: 'Leave without saving?' })
  await userEvent.click(within(question).getByRole('button', { name: 'Keep editing' }))
  expect(router.state.location.search).toBe('?tab=details')
  expect(screen.getByRole('textbox', { name: /City/ })).toHaveValue('RiverbendX')
})

test('a note is begun and opened', async () => {
  const calls = serveChart({ 'POST /api/notes': { status: 201, body: { id: 'n2' } } })
  const { router } = renderPage('/clients/c1', route, note)
  await userEvent.click(await screen.findByRole('button', { name: 'Start a note' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/notes/n2'))
  expect(calls).toContain('POST /api/notes')
})

test('notes are listed with their state', async () => {
  const notes = [{ id: 'n1', client_id: 'c1', client_name: 'Cleo Marsh', author_name: 'Ana Ortiz', appointment_id: null, kind: 'progress_note', note_format: 'SOAP', service_date: '2026-11-16', updated_at: at(-2), signed_at: null }]
  serveChart({ 'GET /api/notes': { items: notes, next: null } })
  renderPage('/clients/c1?tab=notes', route)
  const table = await screen.findByRole('table', { name: 'Notes' })
  expect(within(table).getByRole('link', { name: 'Mon 16 Nov' })).toHaveAttribute('href', '/notes/n1')
  expect(table).toHaveTextContent('Draft')
  expect(await axeViolations(document.body)).toEqual([])
})

test('the front desk sees no clinical parts and runs the care team', async () => {
  const calls = serveChart({ 'POST /api/clients/c1/care-team': { status: 409, body: { code: 'already_in_care_team', detail: 'This person is already in the care team.' } } }, frontDesk)
  renderPage('/clients/c1', route)
  await screen.findByRole('heading', { name: 'Cleo Marsh' })
  for (const title of ['Diagnoses', 'Measures']) expect(screen.queryByRole('heading', { name: title })).not.toBeInTheDocument()
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['Timeline', 'Details'])
  expect(screen.queryByRole('button', { name: 'Start a note' })).not.toBeInTheDocument()
  expect(calls).not.toContain('GET /api/clients/c1/measures')
  await userEvent.click(screen.getByRole('button', { name: 'Assign' }))
  const panel = await screen.findByRole('dialog', { name: 'Assign to the care team' })
  await userEvent.type(within(panel).getByRole('combobox', { name: /Who/ }), 'Ben')
  await userEvent.click(await screen.findByRole('option', { name: /Ben Ide/ }))
  await userEvent.click(within(panel).getByRole('button', { name: 'Assign to care team' }))
  expect(await within(panel).findByText('This person is already in the care team.')).toBeInTheDocument()
})

test('a supervisor reads: what is not theirs to do says why', async () => {
  serveChart({}, supervisor)
  renderPage('/clients/c1?tab=details', route)
  const change = await screen.findByRole('button', { name: 'Change details' })
  expect(change).toHaveAttribute('aria-disabled', 'true')
  await userEvent.click(change)
  expect(await screen.findByRole('tooltip')).toHaveTextContent('Your role reads this chart')
  expect(screen.getByRole('button', { name: 'Add diagnosis' })).toHaveAttribute('aria-disabled', 'true')
  expect(screen.queryByRole('button', { name: 'Assign' })).not.toBeInTheDocument()
})

const other = { ...clinician, id: 'u9', can: [...clinician.can, 'break_glass'] }
const running = { id: 'x1', client_id: 'c1', client_name: 'Cleo Marsh', expires_at: at(1), is_running: true }
const private_ = { id: 's1', about_date: '2026-11-16', opening: 'Thoughts', updated_at: at(-2) }

test('open by emergency access: everything to read, nothing that writes and no empty tab', async () => {
  serveChart({ 'GET /api/emergency-access': { items: [running], next: null }, 'GET /api/notes': { items: [], next: null }, 'GET /api/psychotherapy-notes': { items: [], next: null }, 'GET /api/clients/c1/authority': { guardians: [], portal: { enabled: false, has_account: false, reason: '', since: null, changed_by: '' }, status_changes: [] } }, other)
  renderPage('/clients/c1?tab=notes', route)
  expect(await screen.findByText('No note about this client has been signed.')).toBeInTheDocument()
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['Timeline', 'Details', 'Notes'])
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('tab', { name: 'Details' }))
  await screen.findByRole('region', { name: 'Portal' })
  for (const name of ['Start a note', 'New session', 'Add diagnosis', 'Change details', 'Raise alert', 'Assign', /favourites/]) expect(screen.queryByRole('button', { name })).toBeNull()
  expect(document.querySelectorAll('[aria-disabled=true], [disabled]')).toHaveLength(0)
  expect(screen.getByRole('region', { name: 'Diagnoses' })).toHaveTextContent('Generalized anxiety disorder')
})

test('psychotherapy notes of one\'s own are still found there', async () => {
  serveChart({ 'GET /api/emergency-access': { items: [running], next: null }, 'GET /api/psychotherapy-notes': { items: [private_], next: null } }, other)
  renderPage('/clients/c1', route)
  await userEvent.click(await screen.findByRole('tab', { name: 'Psychotherapy notes' }))
  expect(await screen.findByRole('table', { name: 'Your psychotherapy notes' })).toHaveTextContent('Thoughts')
  expect(screen.queryByRole('button', { name: 'Write a psychotherapy note' })).toBeNull()
})

test('n begins a note where one may', async () => {
  const calls = serveChart({ 'POST /api/notes': { status: 201, body: { id: 'n2' } } })
  const { router } = renderPage('/clients/c1', route, note)
  await screen.findByRole('button', { name: 'Start a note' })
  await userEvent.keyboard('n')
  await waitFor(() => expect(router.state.location.pathname).toBe('/notes/n2'))
  expect(calls.filter((call) => call === 'POST /api/notes')).toHaveLength(1)
})

const authority = { portal: { has_account: false, enabled: false, since: null, changed_by: '', reason: '' }, guardians: [], status_changes: [] }

test.each([[{ ...frontDesk, can: [...frontDesk.can, 'lift_stops'] }, 1], [clinician, 0]])('says beside an address that nothing is sent to it, and what to do', async (person, ways) => {
  serveChart({ 'GET /api/clients/c1': { ...cleo, stopped: { email: 'bounced', phone: 'stopped' } }, 'GET /api/clients/c1/authority': authority }, person)
  renderPage('/clients/c1?tab=details', route)
  expect(await screen.findByText(/Mail to this address comes back/)).toBeInTheDocument()
  expect(screen.getByText(/This number wrote STOP/)).toBeInTheDocument()
  expect(screen.queryAllByRole('link', { name: 'lift the stop' })).toHaveLength(ways)
})
