import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { axeViolations } from '@/test/axe'
import { Button } from './Button'
import { ConfirmDialog } from './ConfirmDialog'
import { Dialog } from './Dialog'

function Page({ confirm = false }: { confirm?: boolean }) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>Open it</Button>
      {confirm ? (
        <ConfirmDialog title="Cancel 4 sessions?" action="Cancel 4 sessions" danger open={open} onClose={close} onConfirm={close}>
          The client is told by e-mail.
        </ConfirmDialog>
      ) : (
        <Dialog title="Keyboard map" open={open} onClose={close}>
          <p>Keys</p>
        </Dialog>
      )}
    </>
  )
}

test('takes focus, and Esc gives it back to where it was', async () => {
  render(<Page />)
  const opener = screen.getByRole('button', { name: 'Open it' })
  await userEvent.click(opener)
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard map' })
  expect(dialog.contains(document.activeElement)).toBe(true)
  expect(await axeViolations(document.body)).toEqual([])
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  await waitFor(() => expect(opener).toHaveFocus())
})

test('what destroys does not have the focus when it is asked about', async () => {
  render(<Page confirm />)
  await userEvent.click(screen.getByRole('button', { name: 'Open it' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Cancel 4 sessions?' })
  expect(screen.getByRole('button', { name: 'Keep as it is' })).toHaveFocus()
  expect(dialog).toHaveTextContent('The client is told by e-mail.')
  expect(await axeViolations(document.body)).toEqual([])
})
