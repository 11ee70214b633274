import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { renderPage, serve } from '@/test/page'
import { administrator, clinician } from '../test-data'
import * as SignInRulesPage from './SignInRulesPage'

const page = { path: '/people/sign-in-rules', ...SignInRulesPage }
const path = '/api/practice/sign-in-rules'
const rules = { password_max_age_days: 0, sessions_per_person: 5, version: 3 }

const fill = async (name: RegExp, text: string) => {
  const field = screen.getByRole('textbox', { name })
  await userEvent.clear(field)
  if (text) await userEvent.type(field, text)
  await userEvent.tab()
}

test('days are asked for only where passwords run out; never is 0', async () => {
  const sent: unknown[] = []
  serve({ 'GET /api/me': administrator, [`GET ${path}`]: rules, [`PUT ${path}`]: ({ body }: { body: typeof rules }) => (sent.push(body), { ...body, version: 4 }) })
  renderPage('/people/sign-in-rules', page)
  const save = () => userEvent.click(screen.getByRole('button', { name: 'Save rules' }))
  expect(await screen.findByRole('button', { name: 'Save rules' })).toHaveAttribute('aria-disabled', 'true')
  expect(screen.queryByRole('textbox', { name: /Days/ })).toBeNull()
  await fill(/Places/, '3')
  await save()
  await screen.findByText('Sign-in rules saved')
  expect(sent).toEqual([{ password_max_age_days: 0, sessions_per_person: 3, version: 3 }])
  await userEvent.click(screen.getByRole('checkbox', { name: /Passwords run out/ }))
  await fill(/Days/, '')
  await save()
  expect(await screen.findByText('A whole number from 1 to 365.')).toBeInTheDocument()
  await fill(/Days/, '180')
  expect(await axeViolations(document.body)).toEqual([])
})

test('changed by another administrator meanwhile: both stand there, and saving again is on top of theirs', async () => {
  let stored = rules
  const sent: (typeof rules)[] = []
  serve({
    'GET /api/me': administrator,
    [`GET ${path}`]: () => stored,
    [`PUT ${path}`]: ({ body }: { body: typeof rules }) => {
      sent.push(body)
      if (body.version !== stored.version) return { status: 409, body: { code: 'changed_elsewhere', detail: 'Not saved.' } }
      stored = { ...body, version: body.version + 1 }
      return stored
    },
  })
  renderPage('/people/sign-in-rules', page)
  await screen.findByRole('button', { name: 'Save rules' })
  await fill(/Places/, '2')
  stored = { password_max_age_days: 90, sessions_per_person: 7, version: 4 }
  await userEvent.click(screen.getByRole('button', { name: 'Save rules' }))
  expect(await screen.findByText(/Now in force/)).toHaveTextContent('passwords run out after 90 days, 7 places at a time')
  expect(screen.getByRole('textbox', { name: /Places/ })).toHaveValue('2')
  await userEvent.click(screen.getByRole('button', { name: 'Save rules' }))
  await waitFor(() => expect(sent.at(-1)).toEqual({ password_max_age_days: 90, sessions_per_person: 2, version: 4 }))
  await waitFor(() => expect(screen.queryByText(/Now in force/)).toBeNull())
})

test('nobody but administrators is shown them', async () => {
  const calls = serve({ 'GET /api/me': clinician, [`GET ${path}`]: { status: 403, body: { code: 'not_allowed' } } })
  renderPage('/people/sign-in-rules', page)
  expect(await screen.findByRole('heading', { name: /administrators/ })).toBeInTheDocument()
  expect(calls).not.toContain(`PUT ${path}`)
})
