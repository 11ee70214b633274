import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { axeViolations } from '@/test/axe'
import { Button } from './Button'

test('is pressed', async () => {
  const press = vi.fn()
  render(<Button onPress={press}>Sign note</Button>)
  await userEvent.click(screen.getByRole('button', { name: 'Sign note' }))
  expect(press).toHaveBeenCalledOnce()
})

test('with a reason it is reachable, says why, and does nothing', async () => {
  const [press, submit] = [vi.fn(), vi.fn()]
  const { container } = render(
    <form onSubmit={submit}>
      <Button type="submit" onPress={press} disabledReason="Only the author can sign.">
        Sign note
      </Button>
    </form>,
  )
  const button = screen.getByRole('button', { name: 'Sign note' })
  await userEvent.tab()
  expect(button).toHaveFocus()
  expect(button).toHaveAttribute('aria-disabled', 'true')
  expect(await screen.findByRole('tooltip')).toHaveTextContent('Only the author can sign.')
  expect(button).toHaveAccessibleDescription('Only the author can sign.')
  await userEvent.click(button)
  await userEvent.keyboard('{Enter}')
  expect(press).not.toHaveBeenCalled()
  expect(submit).not.toHaveBeenCalled()
  expect(await axeViolations(container)).toEqual([])
})

test('while busy it keeps its focus and ignores presses', async () => {
  const press = vi.fn()
  const { rerender } = render(<Button onPress={press}>Sign note</Button>)
  await userEvent.tab()
  rerender(
    <Button busy onPress={press}>
      Sign note
    </Button>,
  )
  const button = screen.getByRole('button', { name: /Sign note/ })
  expect(button).toHaveFocus()
  await userEvent.click(button)
  expect(press).not.toHaveBeenCalled()
})
