import { useCallback, useEffect, useRef, useState } from 'react'
import { asApiError } from '@/api/errors'
import { toast } from '@/ui/toast-queue'
import { send, type Sending } from './upload'
import { sizeOf } from './words'

export type Upload = { id: number; name: string; size: number; part: number; state: 'waiting' | 'sending' | 'failed'; error: string }
type Job = { id: number; file: File; path: string; fields: Record<string, string> }

const AT_ONCE = 2

/** Files on their way, two at a time; one that is through leaves the list, one that was refused stays and says why. */
export function useUploads(mostBytes: number, refresh: () => Promise<unknown>) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const waiting = useRef<Job[]>([])
  const running = useRef(new Map<number, Sending>())
  const counter = useRef(0)
  const again = useRef(() => {})
  const change = useCallback((id: number, next: Partial<Upload>) => setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...next } : one))), [])
  const remove = useCallback((id: number) => setUploads((all) => all.filter((one) => one.id !== id)), [])

  const next = useCallback(() => {
    while (running.current.size < AT_ONCE) {
      const job = waiting.current.shift()
      if (!job) return
      change(job.id, { state: 'sending' })
      const sending = send(job.path, job.file, job.fields, (part) => change(job.id, { part }))
      running.current.set(job.id, sending)
      sending.done
        .then(
          () => {
            remove(job.id)
            toast({ message: `${job.file.name} added` })
            return refresh()
          },
          (thrown: unknown) => change(job.id, { state: 'failed', error: asApiError(thrown).detail }),
        )
        .finally(() => {
          running.current.delete(job.id)
          again.current()
        })
    }
  }, [change, remove, refresh])
  useEffect(() => {
    again.current = next
  }, [next])

  const add = (files: readonly File[], path: string, fields: Record<string, string> = {}) => {
    const jobs = files.map((file): Job => ({ id: (counter.current += 1), file, path, fields }))
    const tooLarge = (size: number) => size > mostBytes
    const why = (size: number) => `This file is too large: ${sizeOf(size)}, and at most ${Math.floor(mostBytes / 1_048_576)} MB.`
    setUploads((all) => [...all, ...jobs.map(({ id, file }): Upload => ({ id, name: file.name, size: file.size, part: 0, state: tooLarge(file.size) ? 'failed' : 'waiting', error: tooLarge(file.size) ? why(file.size) : '' }))])
    waiting.current.push(...jobs.filter(({ file }) => !tooLarge(file.size)))
    next()
  }
  /** Stops what is on its way; takes away what failed. */
  const dismiss = (id: number) => {
    waiting.current = waiting.current.filter((job) => job.id !== id)
    running.current.get(id)?.stop()
    remove(id)
  }
  return { uploads, add, dismiss }
}
