import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { FromTemplate } from './forms/FromTemplate'
import { Component as TemplatePage } from './pages/TemplatePage'
import { Component as TemplatesPage } from './pages/TemplatesPage'
import type { Block, Template, TemplateRow } from './templates'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const row: TemplateRow = { id: 't1', title: 'Fee agreement', category: 'consent', is_active: true, version: 2, updated_at: '2026-11-01T15:00:00Z', updated_by: 'Ada Ruiz' }
const whole: Template = { ...row, body: '{client_name} pays {field:Fee}.' }
const line = (client: string, fee: string): Block => ({
  kind: 'paragraph',
  lines: [[{ text: client, is_bold: true, slot: 'client_name' }, { text: ' pays ', is_bold: false, slot: '' }, { text: fee, is_bold: false, slot: 'field:Fee' }]],
})
const keeper = 'keep_templates'

test('the list names each template, archives one at once, and Undo restores it', async () => {
  const calls = serve({ 'GET /api/me': me(keeper), 'GET /api/document-templates': { items: [row], next: null }, 'PUT /api/document-templates/t1/archive': whole, 'DELETE /api/document-templates/t1/archive': whole })
  renderPage('/library/templates', { path: '/library/templates', element: <TemplatesPage /> })
  const table = await screen.findByRole('table', { name: 'Document templates' })
  for (const words of ['Fee agreement', 'Consent', 'Ada Ruiz']) expect(table).toHaveTextContent(words)
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'More about Fee agreement' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Archive' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(calls).toContain('DELETE /api/document-templates/t1/archive'))
})

test('without templates the list says what they are for; who may not write them is told where they are used', async () => {
  serve({ 'GET /api/me': me(keeper), 'GET /api/document-templates': { items: [], next: null } })
  const { unmount } = renderPage('/library/templates', { path: '/library/templates', element: <TemplatesPage /> })
  expect(await screen.findByText('No templates yet')).toBeInTheDocument()
  unmount()
  serve({ 'GET /api/me': me() })
  renderPage('/library/templates', { path: '/library/templates', element: <TemplatesPage /> })
  expect(await screen.findByText('Administrators write the templates')).toBeInTheDocument()
})

test('a text is written beside its preview; what cannot be meant keeps it from being saved, with its place', async () => {
  const saved: unknown[] = []
  const problem = { status: 422, body: { code: 'bad_input', detail: 'No.', fields: { body: ['Line 1: {clent_name} is not a variable.'] } } }
  serve({
    'GET /api/me': me(keeper), 'GET /api/document-templates/t1': whole,
    'POST /api/document-templates/preview': ({ body }: { body: { body: string } }) => (body.body.includes('clent') ? problem : { blocks: [line('Jordan Example', '[Fee]')] }),
    'PUT /api/document-templates/t1': ({ body }: { body: unknown }) => saved.push(body) && { ...whole, version: 3, title: 'Fees' },
  })
  renderPage('/library/templates/t1', { path: '/library/templates/:templateId', element: <TemplatePage /> })
  expect(await screen.findByText('Jordan Example')).toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
  const text = screen.getByRole('textbox', { name: /Text/ })
  await userEvent.clear(text)
  await userEvent.type(text, '{{clent_name}')
  expect(await screen.findByText('Line 1: {clent_name} is not a variable.')).toBeInTheDocument()
  await userEvent.clear(text)
  await userEvent.click(screen.getByRole('button', { name: /Insert/ }))
  await userEvent.click(await screen.findByRole('menuitem', { name: /Client’s date of birth/ }))
  expect(text).toHaveValue('{client_date_of_birth}')
  await waitFor(() => expect(screen.queryByText(/is not a variable/)).not.toBeInTheDocument())
  await userEvent.click(screen.getByRole('button', { name: 'Save template' }))
  await waitFor(() => expect(saved).toEqual([{ title: 'Fee agreement', category: 'consent', body: '{client_date_of_birth}', version: 2 }]))
  expect(await screen.findByText('Template saved as version 3')).toBeInTheDocument()
})

const changedSince = { status: 409, body: { code: 'template_changed_since', detail: 'Nothing was made yet: the template was changed.' } }

test('a template is chosen, its questions answered, looked at and kept; sent again after a refusal it has another look', async () => {
  const sent: { id: string; template_version: number; answers: unknown }[] = []
  let version = 2
  serve({
    'GET /api/me': me(), 'GET /api/document-templates': { items: [row], next: null },
    'POST /api/clients/c1/documents/from-template/preview': ({ body }: { body: { answers: Record<string, string> } }) => ({
      title: 'Fee agreement', category: 'consent', template_version: version, questions: [{ key: 'field:Fee', label: 'Fee' }], blocks: [line('Cleo Client', body.answers['field:Fee'] ?? '')],
    }),
    'POST /api/clients/c1/documents/from-template': ({ body }: { body: (typeof sent)[number] }) => {
      sent.push(body)
      if (sent.length > 1) return { status: 201, body: { id: body.id, title: 'Fee agreement' } }
      version = 3
      return changedSince
    },
  })
  renderPage('/', { path: '/', element: <FromTemplate clientId="c1" onClose={() => undefined} /> })
  await userEvent.click(await screen.findByRole('button', { name: /Fee agreement/ }))
  const dialog = await screen.findByRole('dialog', { name: 'Fee agreement' })
  const paper = await within(dialog).findByRole('region', { name: 'As it will be printed' })
  expect(paper).toHaveTextContent('Cleo Client pays Fee')
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Fee/ }), '$150')
  await waitFor(() => expect(paper).toHaveTextContent('Cleo Client pays $150'))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add to chart' }))
  expect(await within(dialog).findByText(/the template was changed/)).toBeInTheDocument()
  await waitFor(() => expect(version).toBe(3))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add to chart' }))
  expect(await screen.findByText('Fee agreement added')).toBeInTheDocument()
  expect(sent.map((one) => one.template_version)).toEqual([2, 3])
  expect(sent[1]?.id).toBe(sent[0]?.id)
  expect(sent[1]?.answers).toEqual({ 'field:Fee': '$150' })
})

test('where no template is, whoever does not write them is told who does', async () => {
  serve({ 'GET /api/me': me(), 'GET /api/document-templates': { items: [], next: null } })
  renderPage('/', { path: '/', element: <FromTemplate clientId="c1" onClose={() => undefined} /> })
  expect(await screen.findByText(/Administrators write them/)).toBeInTheDocument()
})
