import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { renderPage, serve } from '@/test/page'
import { SecondFactorStep } from './SecondFactorStep'

const path = 'POST /_allauth/browser/v1/auth/2fa/authenticate'

const show = () => {
  const passed = vi.fn()
  renderPage('/', { path: '/', element: <SecondFactorStep factors={['totp']} onPassed={passed} onBack={() => undefined} /> })
  return passed
}

test('a code goes once, also when Enter follows its sixth digit', async () => {
  const calls = serve({ [path]: { status: 200, body: {} } })
  const passed = show()
  await userEvent.type(await screen.findByLabelText('Code'), '123456{Enter}')
  await vi.waitFor(() => expect(passed).toHaveBeenCalledWith('done'))
  expect(calls).toEqual([path])
})

test('after a wrong one another is sent', async () => {
  const answers = [{ status: 400, body: { errors: [{ code: 'incorrect_code', param: 'code', message: 'Wrong.' }] } }, { status: 200, body: {} }]
  const calls = serve({ [path]: () => answers.shift() })
  const passed = show()
  await userEvent.type(await screen.findByLabelText('Code'), '123456')
  expect(await screen.findByRole('alert')).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Code'), '654321')
  await vi.waitFor(() => expect(passed).toHaveBeenCalledWith('done'))
  expect(calls).toEqual([path, path])
})
