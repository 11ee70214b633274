import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import type { Paper } from '../library'
import { Component } from './LibraryPage'

const me = (...can: string[]): Schema<'MeOut'> => ({
  id: 'u1', name: 'Ada Ruiz', initials: 'AR', email: 'ada@example.org', roles: ['administrator'], acting_in: ['administrator'], can,
  practice: { id: 'p1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '18:00' },
})
const policy: Paper = {
  id: 'l1', title: 'Notice of privacy practices', description: 'Given at intake', category: 'policies', tags: ['HIPAA'], file_name: 'notice.pdf', mime_type: 'application/pdf', file_size_bytes: 13_000,
  uploaded_by: 'Ada Ruiz', uploaded_date: '2026-11-01T15:00:00Z', status: 'active', state: 'kept', is_scanned: false, is_shown: true, version_number: 2, latest_version: true, version: 1,
}
const uploading = { most_bytes: 20 * 1_048_576, endings: ['.pdf'], has_scanner: false }
const list = (items: readonly Paper[]) => ({ items, next: null, uploading })

function render(answers: Record<string, unknown>, can: string[] = ['keep_library']) {
  const calls = serve({ 'GET /api/me': me(...can), 'GET /api/library': list([policy]), ...answers })
  renderPage('/library', { path: '/library', element: <Component /> })
  return calls
}

test('the library shows what each paper is for, and filters by category', async () => {
  const calls = render({})
  const table = await screen.findByRole('table', { name: 'Library' })
  for (const words of ['Notice of privacy practices', 'version 2', 'Given at intake', 'Policies', 'HIPAA']) expect(table).toHaveTextContent(words)
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Handouts' }))
  await waitFor(() => expect(calls.filter((call) => call.startsWith('GET /api/library')).length).toBeGreaterThan(1))
})

test('a paper is described and filed in its panel', async () => {
  const calls = render({ 'GET /api/library/l1': { ...policy, versions: [policy] }, 'PUT /api/library/l1': policy })
  await userEvent.click(await screen.findByRole('button', { name: 'More about Notice of privacy practices' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Rename, file, versions' }))
  const panel = await screen.findByRole('dialog')
  expect(await within(panel).findByText('Version 2')).toBeInTheDocument()
  await userEvent.click(within(panel).getByRole('button', { name: 'Save document' }))
  await waitFor(() => expect(calls).toContain('PUT /api/library/l1'))
})

test('who only reads is offered nothing to add, and an empty library says who fills it', async () => {
  render({ 'GET /api/library': list([]) }, [])
  expect(await screen.findByText(/Administrators add policies/)).toBeInTheDocument()
  expect(screen.queryByRole('group', { name: 'Add documents' })).not.toBeInTheDocument()
})
