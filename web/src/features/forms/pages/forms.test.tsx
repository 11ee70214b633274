import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { FormsTab } from '../parts/FormsTab'
import { ada, ana, fay, form, links, sent, template } from '../test-data'
import * as FormPage from './FormPage'
import * as FormsPage from './FormsPage'
import * as TemplatePage from './TemplatePage'

const formPage = { path: '/forms/:formId', ...FormPage }
const formsPage = { path: '/forms', ...FormsPage }
const templatePage = { path: '/forms/templates/:templateId', ...TemplatePage }

test('a form is filled, sent, and then waits for a review', async () => {
  const bodies: unknown[] = []
  serve({
    'GET /api/me': ana,
    'GET /api/forms/f1': form,
    'GET /api/forms/f1/links': links,
    'PUT /api/forms/f1/answers': form,
    'POST /api/forms/f1/submission': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return sent
    },
  })
  const { container } = renderPage('/forms/f1', formPage)
  await userEvent.type(await screen.findByRole('textbox', { name: /What shall we call you/ }), 'Cleo')
  expect(screen.getByText('1 of 2 that need an answer')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('radio', { name: 'Yes' }))
  expect(screen.getByRole('textbox', { name: /Which/ })).toBeInTheDocument()
  await userEvent.click(screen.getByRole('radio', { name: 'No' }))
  expect(screen.queryByRole('textbox', { name: /Which/ })).not.toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Send form' }))
  expect(await screen.findByRole('region', { name: 'Review' })).toBeInTheDocument()
  expect(bodies[0]).toMatchObject({ answers: { name: 'Cleo', takes: false } })
})

test('what is missing is said beside its question', async () => {
  const problem = { code: 'form_not_ready', detail: 'Some questions still need an answer.', fields: { name: ['This needs an answer.'] } }
  serve({ 'GET /api/me': ana, 'GET /api/forms/f1': form, 'GET /api/forms/f1/links': links, 'POST /api/forms/f1/submission': { status: 409, body: problem } })
  renderPage('/forms/f1', formPage)
  await userEvent.click(await screen.findByRole('button', { name: 'Send form' }))
  expect(await screen.findByText('This needs an answer.')).toBeInTheDocument()
  await waitFor(() => expect(screen.getByRole('textbox', { name: /What shall we call you/ })).toHaveFocus())
})

test('who only reads is offered nothing to write', async () => {
  serve({ 'GET /api/me': ana, 'GET /api/forms/f1': { ...form, may_write: false } })
  renderPage('/forms/f1', formPage)
  expect(await screen.findByText('Nothing was entered')).toBeInTheDocument()
  for (const name of ['Send form', 'Take back', 'Accept form']) expect(screen.queryByRole('button', { name })).not.toBeInTheDocument()
})

test('the list says whose forms wait, and an empty one says why', async () => {
  serve({ 'GET /api/me': ana, 'GET /api/forms': { items: [sent], next: null } })
  const { container } = renderPage('/forms', formsPage)
  expect(await screen.findByRole('table', { name: 'Forms to review' })).toHaveTextContent('Cleo Marsh')
  expect(await axeViolations(container)).toEqual([])
})

test('nothing to review', async () => {
  serve({ 'GET /api/me': ana, 'GET /api/forms': { items: [], next: null } })
  renderPage('/forms', formsPage)
  expect(await screen.findByText('Nothing to review')).toBeInTheDocument()
})

test('administrators begin a form', async () => {
  const calls = serve({ 'GET /api/me': ada, 'GET /api/form-templates': { items: [template], next: null }, 'POST /api/form-templates': { status: 201, body: template } })
  renderPage('/forms?tab=templates', formsPage, { path: '/forms/templates/:templateId', element: <p>The builder</p> })
  await userEvent.click(await screen.findByRole('button', { name: 'New form' }))
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Welcome')
  await userEvent.click(screen.getByRole('button', { name: 'Begin form' }))
  expect(await screen.findByText('The builder')).toBeInTheDocument()
  expect(calls).toContain('POST /api/form-templates')
})

test('a draft is built beside its preview, moved by keyboard, saved and published', async () => {
  const bodies: unknown[] = []
  serve({
    'GET /api/me': ada,
    'GET /api/form-templates/t1': template,
    'PUT /api/form-templates/t1': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return { ...template, version: 2 }
    },
    'POST /api/form-templates/t1/publication': ({ body }: { body: unknown }) => {
      bodies.push(body)
      return { ...template, version: 3, status: 'published' }
    },
  })
  const { container } = renderPage('/forms/templates/t1', templatePage)
  const list = await screen.findByRole('list', { name: 'Questions' })
  const first = within(list).getByRole('button', { name: /^What shall we call you\?/ })
  expect(await axeViolations(container)).toEqual([])
  first.focus()
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
  expect(within(list).getAllByRole('listitem')[0]).toHaveTextContent('Do you take medication?')
  await userEvent.click(within(list).getByRole('button', { name: /^What shall we call you\?/ }))
  const question = within(list).getByRole('textbox', { name: 'Question' })
  await userEvent.clear(question)
  await userEvent.type(question, 'Your name?')
  expect(within(screen.getByRole('region', { name: 'Preview' })).getByRole('textbox', { name: /Your name/ })).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Save draft' }))
  await waitFor(() => expect(bodies).toHaveLength(1))
  expect(bodies[0]).toMatchObject({ version: 1, definition: { fields: [{ key: 'takes' }, { key: 'name', label: 'Your name?' }, { key: 'which' }] } })
  await userEvent.click(screen.getByRole('button', { name: 'Publish form' }))
  await userEvent.click(within(await screen.findByRole('alertdialog', { name: 'Publish this form?' })).getByRole('button', { name: 'Publish form' }))
  await waitFor(() => expect(bodies[1]).toEqual({ version: 2 }))
})

test('what is published is looked at, and changed in its next version', async () => {
  serve({ 'GET /api/me': ada, 'GET /api/form-templates/t1': { ...template, status: 'published' } })
  renderPage('/forms/templates/t1', templatePage)
  expect(await screen.findByRole('button', { name: 'Change in next version' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Save draft' })).not.toBeInTheDocument()
})

test('the front desk gives the administrative forms', async () => {
  const calls = serve({
    'GET /api/me': fay,
    'GET /api/clients/c1/forms': { items: [form], next: null },
    'GET /api/form-templates': { items: [{ ...template, status: 'published' }, { ...template, id: 't2', title: 'Mood', category: 'assessment' }], next: null },
    'POST /api/clients/c1/forms': { status: 201, body: form },
  })
  renderPage('/clients/c1', { path: '/clients/c1', element: <FormsTab client={{ id: 'c1', care_team: [] }} /> })
  expect(await screen.findByRole('table', { name: 'Forms of the client' })).toHaveTextContent('Welcome')
  await userEvent.click(screen.getByRole('button', { name: 'Give a form' }))
  await userEvent.click(await screen.findByRole('button', { name: /Choose…/ }))
  expect(screen.queryByRole('option', { name: /Mood/ })).not.toBeInTheDocument()
  await userEvent.click(await screen.findByRole('option', { name: /Welcome/ }))
  await userEvent.click(screen.getAllByRole('button', { name: 'Give form' }).at(-1)!)
  await waitFor(() => expect(calls).toContain('POST /api/clients/c1/forms'))
})

test('a link is sent, by text message only where they agreed, and revoked', async () => {
  const bodies: unknown[] = []
  const link = { id: 'l1', reader: 'Cleo Marsh', channel: 'SMS', sent_at: '2026-11-20T15:00:00Z', sent_by: 'Ana Cast', expires_at: '2026-12-04T15:00:00Z', opened_at: null, revoked_at: null, wrong_tries: 2, is_good: true, is_revocable: true }
  let now: unknown = links
  const calls = serve({
    'GET /api/me': ana,
    'GET /api/forms/f1': form,
    'GET /api/forms/f1/links': () => now,
    'POST /api/forms/f1/links': ({ body }: { body: unknown }) => {
      bodies.push(body)
      now = { ...links, links: [link] }
      return { status: 201, body: now }
    },
    'PUT /api/forms/f1/links/l1/revocation': () => (now = { ...links, links: [{ ...link, is_good: false, is_revocable: false, revoked_at: '2026-11-20T16:00:00Z' }] }),
  })
  const { container } = renderPage('/forms/f1', formPage)
  const home = await screen.findByRole('region', { name: 'Fill at home' })
  await waitFor(() => expect(within(home).getByText(/No link was sent/)).toBeInTheDocument())
  await userEvent.click(within(home).getByRole('button', { name: 'Send a link' }))
  const dialog = await screen.findByRole('dialog', { name: 'Send a link' })
  await userEvent.click(within(dialog).getByRole('radio', { name: /Text message/ }))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Send link' }))
  expect(bodies).toEqual([])
  await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Cleo Marsh agreed to a text message at this number' }))
  expect(await axeViolations(dialog)).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: 'Send link' }))
  await waitFor(() => expect(bodies).toEqual([{ guardian_id: null, channel: 'SMS', has_agreed: true, days: 14, is_for_packet: false }]))
  expect(await within(home).findByText(/2 wrong dates of birth/)).toBeInTheDocument()
  expect(await axeViolations(container)).toEqual([])
  await userEvent.click(within(home).getByRole('button', { name: 'Revoke link' }))
  await waitFor(() => expect(calls).toContain('PUT /api/forms/f1/links/l1/revocation'))
  expect(await within(home).findByText(/revoked/)).toBeInTheDocument()
})
