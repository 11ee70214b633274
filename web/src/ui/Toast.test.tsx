import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { axeViolations } from '@/test/axe'
import { toast } from './toast-queue'
import { ToastRegion } from './ToastRegion'

test('says what was done and takes it back', async () => {
  const undo = vi.fn()
  render(<ToastRegion />)
  toast({ message: 'Session moved to Wed 25 Nov, 3:00 pm', undo })
  expect(await screen.findByText('Session moved to Wed 25 Nov, 3:00 pm')).toBeVisible()
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(undo).toHaveBeenCalledOnce()
  await waitFor(() => expect(screen.queryByText(/Session moved/)).not.toBeInTheDocument())
})

test('leaves by itself after eight seconds', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  render(<ToastRegion />)
  toast({ message: 'Draft discarded' })
  expect(await screen.findByText('Draft discarded')).toBeVisible()
  await vi.advanceTimersByTimeAsync(7000)
  expect(screen.getByText('Draft discarded')).toBeInTheDocument()
  await vi.advanceTimersByTimeAsync(1500)
  await waitFor(() => expect(screen.queryByText('Draft discarded')).not.toBeInTheDocument())
  vi.useRealTimers()
})
