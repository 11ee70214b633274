import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { I18nProvider } from 'react-aria-components'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { serve } from '@/test/page'
import { template } from '../test-data'
import { FillPage } from './FillPage'

const about = { practice: 'Riverbend', phone: '518 555 0100', title: 'Welcome', status: 'open' }
const toFill = { ...about, instructions: '', note: '', definition: template.definition, answers: {}, version: 1, saved_at: null, proof: 'p1' }

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
