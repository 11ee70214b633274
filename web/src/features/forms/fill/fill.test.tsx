import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { I18nProvider } from 'react-aria-components'
import { expect, test, vi } from 'vitest'
import { toApiError } from '@/api/errors'
import { axeViolations } from '@/test/axe'
import { serve } from '@/test/page'
import { template } from '../test-data'
import { FillPage } from './FillPage'

const sendForm = vi.hoisted(() => vi.fn<(path: string, fields: Record<string, string | Blob>, onProgress: (part: number) => void) => Promise<unknown>>())
vi.mock('../files', async (original) => ({ ...(await original<object>()), sendForm }))

const about = { practice: 'Riverbend', phone: '518 555 0100', title: 'Welcome', status: 'open' }
const toFill = { ...about, packet: null, instructions: '', note: '', definition: template.definition, answers: {}, version: 1, saved_at: null, proof: 'p1' }

const show = () =>
  render(
    <I18nProvider locale="en-US">
      <FillPage token="t0ken" />
    </I18nProvider>,
  )

async function enterBirth() {
  await userEvent.click(await screen.findByRole('spinbutton', { name: /month/ }))
  await userEvent.keyboard('05041990')
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
}

test('nothing is asked before a date of birth, and a wrong one is said', async () => {
  const calls = serve({ 'POST /f/t0ken/opening': { status: 403, body: { code: 'not_the_birth', detail: 'This is not the date of birth we have.' } } })
  const { container } = show()
  expect(calls).toEqual([])
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
  expect(await screen.findByText('Enter the whole date: month, day and year.')).toBeInTheDocument()
  expect(calls).toEqual([])
  await enterBirth()
  expect(await screen.findByText('This is not the date of birth we have.')).toBeInTheDocument()
})

test('filled and sent', async () => {
  const bodies: unknown[] = []
  const keep = ({ body }: { body: unknown }) => void bodies.push(body)
  serve({
    'POST /f/t0ken/opening': toFill,
    'POST /f/t0ken/answers': (request: { body: unknown }) => (keep(request), { version: 2, saved_at: '2026-11-20T15:10:00Z' }),
    'POST /f/t0ken/submission': (request: { body: unknown }) => (keep(request), { ...about, status: 'submitted' }),
  })
  const { container } = show()
  await enterBirth()
  expect(await screen.findByRole('heading', { name: 'Welcome' })).toHaveFocus()
  await userEvent.type(screen.getByRole('textbox', { name: /What shall we call you/ }), 'Cleo')
  await userEvent.click(screen.getByRole('radio', { name: 'No' }))
  expect(screen.getByText('2 of 2 that need an answer')).toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Send form' }))
  expect(await screen.findByRole('heading', { name: 'Thank you' })).toHaveFocus()
  expect(bodies.at(-1)).toMatchObject({ proof: 'p1', answers: { name: 'Cleo', takes: false } })
})

test('without a connection the page says so and keeps what was typed', async () => {
  serve({ 'POST /f/t0ken/opening': toFill, 'POST /f/t0ken/submission': { status: 503, body: null } })
  show()
  await enterBirth()
  await userEvent.type(await screen.findByRole('textbox', { name: /What shall we call you/ }), 'Cleo')
  await userEvent.click(screen.getByRole('button', { name: 'Send form' }))
  expect(await screen.findByText(/Not saved: no connection/)).toBeInTheDocument()
  expect(screen.getByRole('textbox', { name: /What shall we call you/ })).toHaveValue('Cleo')
})

test('a form that had arrived already says so', async () => {
  serve({ 'POST /f/t0ken/opening': toFill, 'POST /f/t0ken/submission': { status: 409, body: { code: 'form_not_open', detail: 'Closed.', data: { status: 'submitted' } } } })
  const { container } = show()
  await enterBirth()
  await userEvent.click(await screen.findByRole('button', { name: 'Send form' }))
  expect(await screen.findByText('This form has already arrived')).toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Show it as it is now' }))
  expect(await screen.findByText(/Your answers have arrived/)).toBeInTheDocument()
})

test('after hours the date of birth is asked once more and the text is still there', async () => {
  let isOver = true
  serve({
    'POST /f/t0ken/opening': () => ({ ...toFill, proof: isOver ? 'p1' : 'p2' }),
    'POST /f/t0ken/answers': { version: 2, saved_at: '2026-11-20T15:10:00Z' },
    'POST /f/t0ken/submission': () => (isOver ? { status: 403, body: { code: 'proof_over', detail: 'Again.' } } : { ...about, status: 'submitted' }),
  })
  show()
  await enterBirth()
  await userEvent.type(await screen.findByRole('textbox', { name: /What shall we call you/ }), 'Cleo')
  await userEvent.click(screen.getByRole('button', { name: 'Send form' }))
  expect(await screen.findByRole('heading', { name: 'Are you still there?' })).toBeInTheDocument()
  expect(screen.getByRole('textbox', { name: /What shall we call you/ })).toHaveValue('Cleo')
  isOver = false
  await enterBirth()
  expect(await screen.findByRole('textbox', { name: /What shall we call you/ })).toHaveValue('Cleo')
  await waitFor(() => expect(screen.getByText(/^Saved/)).toBeInTheDocument())
})

test('what cannot be opened any more', async () => {
  serve({ 'POST /f/t0ken/opening': { ...about, status: 'withdrawn', proof: 'p1' } })
  show()
  await enterBirth()
  expect(await screen.findByText(/has taken this form back/)).toBeInTheDocument()
  expect(screen.getByText('Riverbend, 518 555 0100')).toBeInTheDocument()
})

const uploading = { most_bytes: 10_485_760, endings: ['.pdf', '.png'], has_scanner: true }
const card = { ...template.definition.fields[0]!, key: 'card', kind: 'file' as const, label: 'Your card', required: false, most_files: 2 }
const asksForFile = { ...toFill, definition: { fields: [card], scores: [] } }

test('a file is added with its progress, named in the answers, taken off again, and refused in words', async () => {
  const bodies: unknown[] = []
  let upload: (file: { status: number; body: unknown }) => void = () => {}
  sendForm.mockImplementation(async (_path, _fields, onProgress) => {
    onProgress(0.5)
    const { status, body } = await new Promise<{ status: number; body: unknown }>((resolve) => (upload = resolve))
    if (status > 299) throw toApiError(status, body)
    return body
  })
  serve({
    'POST /f/t0ken/opening': asksForFile,
    'POST /f/t0ken/files/named': { files: [], uploading },
    'POST /f/t0ken/answers': ({ body }: { body: unknown }) => (bodies.push(body), { version: bodies.length + 1, saved_at: '2026-11-20T15:10:00Z' }),
    'POST /f/t0ken/submission': ({ body }: { body: unknown }) => (bodies.push(body), { ...about, status: 'submitted' }),
  })
  const { container } = show()
  await enterBirth()
  const chooser = (await screen.findByRole('group', { name: 'Your card' })).querySelector('input')!
  await userEvent.upload(chooser, [new File(['x'], 'a.png'), new File(['x'], 'virus.exe')], { applyAccept: false })
  expect(await screen.findByRole('progressbar', { name: 'Sending a.png' })).toHaveAttribute('value', '50')
  expect(screen.getByText(/This kind of file is not taken here/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Send form' }))
  expect(bodies).toEqual([])
  upload({ status: 201, body: { id: 'f1', field: 'card', file_name: 'a.png', mime_type: 'image/png', file_size_bytes: 1, state: 'kept', is_shown: true, document_id: null } })
  expect(await screen.findByRole('button', { name: 'Take a.png off' })).toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss virus.exe' }))
  await userEvent.upload(chooser, new File(['x'], 'bad.pdf'))
  await screen.findByRole('progressbar', { name: 'Sending bad.pdf' })
  upload({ status: 422, body: { code: 'file_refused', detail: 'This PDF holds a script.' } })
  expect(await screen.findByText('This PDF holds a script.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Send form' }))
  expect(await screen.findByRole('heading', { name: 'Thank you' })).toBeInTheDocument()
  expect(bodies.at(-1)).toMatchObject({ answers: { card: ['f1'] } })
})

test('a file that is refused because the page was open too long asks for the date of birth again', async () => {
  sendForm.mockRejectedValue(toApiError(403, { code: 'proof_over', detail: 'The page was open for a long time.' }))
  serve({ 'POST /f/t0ken/opening': asksForFile, 'POST /f/t0ken/files/named': { files: [], uploading } })
  show()
  await enterBirth()
  const chooser = (await screen.findByRole('group', { name: 'Your card' })).querySelector('input')!
  await userEvent.upload(chooser, new File(['x'], 'a.png'))
  expect(await screen.findByRole('heading', { name: 'Are you still there?' })).toBeInTheDocument()
  await enterBirth()
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Are you still there?' })).not.toBeInTheDocument())
})

test('a file that is refused because the link is over says so for the page', async () => {
  sendForm.mockRejectedValue(toApiError(410, { code: 'link_over', detail: 'This link is over.' }))
  serve({ 'POST /f/t0ken/opening': asksForFile, 'POST /f/t0ken/files/named': { files: [], uploading } })
  show()
  await enterBirth()
  const chooser = (await screen.findByRole('group', { name: 'Your card' })).querySelector('input')!
  await userEvent.upload(chooser, new File(['x'], 'a.png'))
  await waitFor(() => expect(screen.getAllByText('This link is over.')).toHaveLength(2))
  expect(screen.getByRole('button', { name: 'Send form' })).toHaveAttribute('aria-disabled', 'true')
})

test('a file that is no longer there says so', async () => {
  const gone = { id: 'f1', field: 'card', file_name: 'a.png', mime_type: 'image/png', file_size_bytes: 1, state: 'missing', is_shown: true, document_id: null }
  serve({ 'POST /f/t0ken/opening': { ...asksForFile, answers: { card: ['f1'] } }, 'POST /f/t0ken/files/named': { files: [gone], uploading } })
  show()
  await enterBirth()
  expect(await screen.findByText('This file is no longer there. Add it again.')).toBeInTheDocument()
})

test('whoever leaves while files are on their way, also those that wait their turn, is warned', async () => {
  const arrive: ((file: unknown) => void)[] = []
  sendForm.mockImplementation(() => new Promise((resolve) => arrive.push(resolve)))
  serve({ 'POST /f/t0ken/opening': asksForFile, 'POST /f/t0ken/files/named': { files: [], uploading }, 'POST /f/t0ken/answers': { version: 2, saved_at: null } })
  show()
  await enterBirth()
  const chooser = (await screen.findByRole('group', { name: 'Your card' })).querySelector('input')!
  const isWarned = () => !globalThis.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  expect(isWarned()).toBe(false)
  await userEvent.upload(chooser, [new File(['x'], 'a.png'), new File(['x'], 'b.png')])
  expect(isWarned()).toBe(true)
  for (const [place, name] of ['a.png', 'b.png'].entries()) {
    await waitFor(() => expect(arrive).toHaveLength(place + 1))
    expect(isWarned()).toBe(true)
    arrive[place]?.({ id: `f${place}`, field: 'card', file_name: name, mime_type: 'image/png', file_size_bytes: 1, state: 'kept', is_shown: true, document_id: null })
  }
  await waitFor(() => expect(isWarned()).toBe(false))
})

test('what the scanner objects to answers nothing, and what is there can be taken off', async () => {
  const there = { id: 'f1', field: 'card', file_name: 'a.png', mime_type: 'image/png', file_size_bytes: 1, state: 'kept', is_shown: true, document_id: null }
  sendForm.mockResolvedValue({ ...there, id: 'f2', file_name: 'b.png', state: 'quarantined' })
  const bodies: unknown[] = []
  serve({
    'POST /f/t0ken/opening': { ...asksForFile, answers: { card: ['f1'] } },
    'POST /f/t0ken/files/named': { files: [there], uploading },
    'POST /f/t0ken/answers': { version: 2, saved_at: null },
    'POST /f/t0ken/submission': ({ body }: { body: unknown }) => (bodies.push(body), { ...about, status: 'submitted' }),
  })
  show()
  await enterBirth()
  const chooser = (await screen.findByRole('group', { name: 'Your card' })).querySelector('input')!
  await userEvent.upload(chooser, new File(['x'], 'b.png'))
  expect(await screen.findByText(/malware scanner objected/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Take a.png off' }))
  await userEvent.click(screen.getByRole('button', { name: 'Send form' }))
  await waitFor(() => expect(bodies).toHaveLength(1))
  expect(bodies[0]).toMatchObject({ answers: {} })
})

test('a packet leads on from form to form, also for whoever comes back', async () => {
  const second = { ...toFill, title: 'Consent', packet: { title: 'Adult intake', place: 2, total: 2 }, token: 'n3xt', proof: 'p2' }
  const calls = serve({
    'POST /f/t0ken/opening': { ...about, status: 'submitted', proof: 'p1', next: second },
    'POST /f/n3xt/answers': { version: 2, saved_at: '2026-11-20T15:10:00Z' },
    'POST /f/n3xt/submission': { ...about, title: 'Consent', status: 'submitted', next: null },
  })
  const { container } = show()
  await enterBirth()
  expect(await screen.findByText(/Next is Consent, form 2 of 2/)).toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }))
  expect(await screen.findByRole('heading', { name: 'Consent' })).toHaveFocus()
  expect(screen.getByText('Riverbend · Adult intake, form 2 of 2')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Send form' }))
  expect(await screen.findByText(/Your answers have arrived/)).toBeInTheDocument()
  expect(calls).toContain('POST /f/n3xt/submission')
})
