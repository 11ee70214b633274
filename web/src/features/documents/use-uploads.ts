import { useCallback, useEffect, useRef, useState } from 'react'
import { asApiError } from '@/api/errors'
import { toast } from '@/ui/toast-queue'
import { send, STOPPED, type Bucket, type Sending } from './upload'
import { sizeOf } from './words'

export type Upload = { id: number; name: string; size: number; part: number; state: 'waiting' | 'sending' | 'cut' | 'away' | 'failed'; error: string }
type Job = { id: number; file: File; path: string; fields: Record<string, string> }

const AT_ONCE = 2

/** Files on their way, two at a time; one that is through leaves the list, one that was refused stays and says why. */
export function useUploads(bucket: Bucket, mostBytes: number, refresh: () => Promise<unknown>) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const waiting = useRef<Job[]>([])
  const running = useRef(new Map<number, Sending>())
  const counter = useRef(0)
  const again = useRef(() => {})
  const isLookedAt = useRef(true) // who has left the page is told of a refusal where they are
  const change = useCallback((id: number, next: Partial<Upload>) => setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...next } : one))), [])
  const remove = useCallback((id: number) => setUploads((all) => all.filter((one) => one.id !== id)), [])

  const next = useCallback(() => {
    while (running.current.size < AT_ONCE) {
      const job = waiting.current.shift()
      if (!job) return
      change(job.id, { state: 'sending' })
      const sending = send(job.path, bucket, job.file, job.fields, {
        onProgress: (part) => change(job.id, { part }),
        onLine: (is) => change(job.id, { state: is === 'there' ? 'sending' : is }),
      })
      running.current.set(job.id, sending)
      sending.done
        .then(
          (ending) => {
            remove(job.id)
            toast({ message: ending === 'added' ? `${job.file.name} added` : `${job.file.name} was added already, before it could be stopped` })
            return refresh()
          },
          (thrown: unknown) => {
            const { code, detail } = asApiError(thrown)
            change(job.id, { state: 'failed', error: detail })
            if (!isLookedAt.current && code !== STOPPED) toast({ message: `${job.file.name} was not added. ${detail}`, tone: 'danger' })
          },
        )
        .finally(() => {
          running.current.delete(job.id)
          again.current()
        })
    }
  }, [bucket, change, remove, refresh])
  useEffect(() => {
    again.current = next
  }, [next])
  useEffect(() => {
    isLookedAt.current = true
    return () => {
      isLookedAt.current = false
    }
  }, [])

  const add = (files: readonly File[], path: string, fields: Record<string, string> = {}) => {
    const jobs = files.map((file): Job => ({ id: (counter.current += 1), file, path, fields }))
    const why = (size: number) => {
      if (size === 0) return 'This file is empty.'
      return size > mostBytes ? `This file is too large: ${sizeOf(size)}, and at most ${Math.floor(mostBytes / 1_048_576)} MB.` : ''
    }
    setUploads((all) => [...all, ...jobs.map(({ id, file }): Upload => ({ id, name: file.name, size: file.size, part: 0, state: why(file.size) ? 'failed' : 'waiting', error: why(file.size) }))])
    waiting.current.push(...jobs.filter(({ file }) => !why(file.size)))
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
