import { useState } from 'react'
import { asApiError } from '@/api/errors'
import { toast } from '@/ui/toast-queue'
import type { Kept, LinkTo } from './words'

/** Opening a file: in the page where a browser shows it safely, else as a download. */
export function useLooking<File extends Kept>(linkTo: LinkTo) {
  const [looking, setLooking] = useState<File | null>(null)
  const save = (file: File): void => void saved(file, linkTo)
  const open = (file: File): void => (file.is_shown ? setLooking(file) : save(file))
  return { looking, open, save, close: () => setLooking(null) }
}

/** Sends the browser after the file; its answer is a download, so the page stays. */
async function saved(file: Kept, linkTo: LinkTo): Promise<void> {
  try {
    const link = document.createElement('a')
    link.href = await linkTo(file.id, false)
    link.download = file.file_name
    link.click()
  } catch (thrown) {
    toast({ message: asApiError(thrown).detail, tone: 'danger' })
  }
}
