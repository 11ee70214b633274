import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { gathered } from '../opened'
import * as AccessPage from './AccessPage'

const me = { id: 's1', name: 'Sam West', initials: 'SW', email: '', roles: ['supervisor'], acting_in: ['supervisor'], practice: { id: 'p', name: 'Harbour', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' }, can: ['break_glass', 'review_emergency_access'] }
const looked = (minute: number, what: string) => ({ at: `2026-11-23T15:0${minute}:00Z`, event: 'x.read', what: `Ash Cole ${what}` })
const access: Schema<'EmergencyAccessDetailOut'> = {
  id: 'x1', client_id: 'c1', client_name: '', medical_record_number: '', staff_id: 'u2', staff_name: 'Ash Cole', reason: 'Calls in crisis', started_at: '2026-11-23T15:00:00Z', expires_at: '2026-11-23T16:00:00Z', ended_at: '2026-11-23T15:10:00Z', ended_by_name: 'Ash Cole',
  is_running: false, reviewed_at: null, reviewed_by_name: '', review_outcome: '', review_note: '', may_end: false, may_review: true, opened: [looked(1, 'opened a chart'), looked(2, 'opened a note'), looked(3, 'opened a chart')],
}
const page = { path: '/emergency-access/:accessId', ...AccessPage }

test('a reviewer sees what was opened, each thing once, and says what it was', async () => {
  const sent: unknown[] = []
  serve({ 'GET /api/me': me, 'GET /api/emergency-access/x1': access, 'POST /api/emergency-access/x1/review': ({ body }: { body: unknown }) => (sent.push(body), access) })
  renderPage('/emergency-access/x1', page)
  const opened = await screen.findByRole('region', { name: 'What was opened' })
  expect(within(opened).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['10:01 amOpened a chart2 times', '10:02 amOpened a note'])
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Save review' }))
  expect(await screen.findByText('Choose what you found.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('radio', { name: /It raises a concern/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Save review' }))
  expect(await screen.findByText('Say what concerns you, in a sentence.')).toBeInTheDocument()
  await userEvent.type(screen.getByRole('textbox', { name: /Note/ }), 'Ash could be reached.')
  await userEvent.click(screen.getByRole('button', { name: 'Save review' }))
  await screen.findByText('Review saved')
  expect(sent).toEqual([{ outcome: 'concern', note: 'Ash could be reached.' }])
})

test('a chart that was not looked at is said to be so; whoever reviews nothing sees no list', async () => {
  serve({ 'GET /api/me': me, 'GET /api/emergency-access/x1': { ...access, opened: [] } })
  renderPage('/emergency-access/x1', page)
  expect(await screen.findByText('Nothing: the chart was not looked at.')).toBeInTheDocument()
  serve({ 'GET /api/me': me, 'GET /api/emergency-access/x2': { ...access, id: 'x2', opened: null } })
  renderPage('/emergency-access/x2', page)
  expect((await screen.findAllByRole('region', { name: 'Review' })).length).toBeGreaterThan(0)
})

test('what is named otherwise keeps its words', () => {
  expect(gathered([{ at: 'a', event: 'e', what: 'the system looked' }], 'Ash Cole')).toEqual([{ what: 'The system looked', at: 'a', times: 1 }])
})
