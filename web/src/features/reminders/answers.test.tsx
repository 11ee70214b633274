import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { ClientAnswers } from './parts/ClientAnswers'

const practice = { id: 'r1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' }
const fay = { id: 'f1', name: 'Fay Morgan', initials: 'FM', email: 'fay@here.example', roles: ['front_desk'], acting_in: ['front_desk'], practice, can: ['book'] }
const asked: Schema<'AnswerOut'> = {
  id: 'w1', appointment_id: 'p1', client_id: 'c1', client_name: 'Cleo Marsh', clinician_name: 'Ana Reyes', starts_at: '2026-11-24T15:00:00Z', timezone: 'America/New_York', answer: 'reschedule', answered_at: '2026-11-23T13:00:00Z',
}
const cancelled: Schema<'AnswerOut'> = { ...asked, id: 'w2', appointment_id: 'p2', client_id: 'c2', client_name: 'Noor Hale', answer: 'cancel' }

test('who cancelled stands apart from who asks for another time, until it is seen to', async () => {
  let items = [asked, cancelled]
  const calls = serve({
    'GET /api/me': fay,
    'GET /api/link-answers': () => ({ items, next: null }),
    'DELETE /api/link-answers/w2': () => {
      items = [asked]
      return { items: [], why_none: '', asked_for_another_time_at: null, request_id: null }
    },
  })
  renderPage('/', { path: '/', Component: ClientAnswers })
  const list = await screen.findByRole('region', { name: /Cancelled by the client/ })
  expect(within(list).getByText(/, Ana Reyes · cancelled/)).toBeInTheDocument()
  expect(within(list).queryByText('Cleo Marsh')).not.toBeInTheDocument()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(within(list).getByRole('button', { name: 'Seen to: Noor Hale' }))
  await waitFor(() => expect(screen.queryByText('Cancelled by the client')).not.toBeInTheDocument())
  expect(calls).toContain('DELETE /api/link-answers/w2')
  expect(screen.getByText('Asked for another time')).toBeInTheDocument()
})
