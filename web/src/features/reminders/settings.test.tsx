import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { queryClient } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import * as RemindersPage from './pages/RemindersPage'
import { settingsQuery, type Settings } from './queries'

const practice = { id: 'r1', name: 'Riverbend', timezone: 'America/New_York', opens_at: '08:00', closes_at: '19:00' }
const ada = { id: 'a1', name: 'Ada Osei', initials: 'AO', email: 'ada@here.example', roles: ['administrator'], acting_in: ['administrator'], practice, can: ['see_reminders', 'set_reminders'] }
const page = { path: '/reminders', Component: RemindersPage.Component }
const settings: Settings = {
  version: 1, enabled: true, email_enabled: true, email_timing: [24, 1], email_template: 'Hello {client_name}', sms_enabled: false, sms_timing: [24, 1], sms_template: '{date}', timing_by_type: {},
  require_confirmation: false, include_reschedule_link: true, include_cancel_link: true, quiet_from: '20:00', quiet_until: '09:00', allow_weekends: true,
  send_on_create: false, create_template: 'Booked', send_on_update: false, update_template: 'Moved', send_on_cancel: false, cancel_template: 'Cancelled', notify_recipients: ['client'],
  is_saved: true, fields: ['client_name', 'date'], agreed: 3,
}

/** The settings tab over a server that keeps what is put. */
async function open(put?: (body: Schema<'ReminderSettingsIn'>) => unknown) {
  const server = { now: settings, put: [] as Schema<'ReminderSettingsIn'>[] }
  serve({
    'GET /api/me': ada,
    'GET /api/reminder-settings': () => server.now,
    'PUT /api/reminder-settings': ({ body }: { body: Schema<'ReminderSettingsIn'> }) => {
      server.put.push(body)
      server.now = { ...server.now, ...body, version: body.version + 1 }
      return put?.(body) ?? server.now
    },
  })
  renderPage('/reminders?tab=settings', page)
  const text = await screen.findByRole('textbox', { name: 'Text of the e-mail' })
  const again = () => queryClient.refetchQueries({ queryKey: settingsQuery().queryKey })
  return { server, text, again, user: userEvent.setup() }
}

const save = () => screen.getByRole('button', { name: 'Save settings' })

test('what somebody else saves does not take away what is typed, and is shown when asked for', async () => {
  const { server, text, again, user } = await open()
  await user.type(text, ', mine')
  server.now = { ...settings, version: 2, email_template: 'Theirs' }
  await again()
  expect(await screen.findByText('Somebody else has changed these settings meanwhile')).toBeInTheDocument()
  expect(text).toHaveValue('Hello {client_name}, mine')
  expect(await axeViolations(document.body)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Show theirs' }))
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Text of the e-mail' })).toHaveValue('Theirs'))
  expect(screen.queryByText(/meanwhile/)).not.toBeInTheDocument()
})

test('until something is typed, what somebody else saves is shown', async () => {
  const { server, text, again } = await open()
  server.now = { ...settings, version: 2, email_template: 'Theirs', email_timing: [48] }
  await again()
  await waitFor(() => expect(text).toHaveValue('Theirs'))
  expect(screen.getAllByRole('textbox', { name: 'Hours before' })[0]).toHaveValue('48')
  expect(screen.queryByText(/meanwhile/)).not.toBeInTheDocument()
})

test('a refusal because of another version keeps what is typed', async () => {
  const { text, user } = await open(() => ({ status: 409, body: { code: 'settings_changed_elsewhere', detail: 'Not saved.' } }))
  await user.type(text, ', mine')
  await user.click(save())
  expect(await screen.findByText('Somebody else has changed these settings meanwhile')).toBeInTheDocument()
  expect(text).toHaveValue('Hello {client_name}, mine')
})

test('after one’s own save one goes on where one was, and saves again', async () => {
  const { server, text, user } = await open()
  await user.type(text, ', mine')
  await user.click(save())
  await waitFor(() => expect(server.put).toHaveLength(1))
  await user.type(text, ' and more')
  await user.click(save())
  await waitFor(() => expect(server.put.map(({ version, email_template }) => [version, email_template])).toEqual([[1, 'Hello {client_name}, mine'], [2, 'Hello {client_name}, mine and more']]))
  expect(screen.queryByText(/meanwhile/)).not.toBeInTheDocument()
})

test('hours that are none hold saving back, with the reason', async () => {
  const { server, user } = await open()
  const [hours] = screen.getAllByRole('textbox', { name: 'Hours before' })
  await user.clear(hours!)
  await user.type(hours!, 'a day{Enter}')
  expect(save()).toHaveAttribute('aria-disabled', 'true')
  await user.click(save())
  expect(server.put).toEqual([])
  await user.clear(hours!)
  await user.type(hours!, '48')
  await user.click(save())
  await waitFor(() => expect(server.put.map(({ email_timing }) => email_timing)).toEqual([[48]]))
})

test('a wording that is refused is shown also when its notice is off', async () => {
  const { user } = await open(() => ({ status: 422, body: { code: 'bad_input', detail: 'Some of it cannot be used.', fields: { cancel_template: ['Write something.'] } } }))
  expect(screen.queryByRole('textbox', { name: 'Text to the client: when it is cancelled' })).not.toBeInTheDocument()
  await user.click(save())
  expect(await screen.findByRole('textbox', { name: 'Text to the client: when it is cancelled' })).toBeInTheDocument()
  expect(screen.getByText('Write something.')).toBeInTheDocument()
})
