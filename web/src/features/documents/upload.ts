import { http } from '@/api/client'
import { csrfToken } from '@/api/csrf'
import { asApiError, toApiError, type ApiError } from '@/api/errors'
import { signedOut } from '@/api/session'
import type { Schema } from '@/api/schema'
import { newId } from '@/lib/uuid'

export type Bucket = Schema<'UploadIn'>['bucket']
/** What became of a file: added, or added already when it was to be stopped. */
export type Ending = 'added' | 'was added'
export type Sending = { done: Promise<Ending>; stop: () => void }
type Coming = Schema<'UploadOut'>

export type Watch = {
  /** How much has arrived, from 0 to 1. */
  onProgress: (part: number) => void
  /** It goes on; there is no connection; or what is needed on the other side is away. The latter two are tried again. */
  onLine: (is: 'there' | 'cut' | 'away') => void
}

/** Milliseconds between tries while it cannot be sent; the last is repeated. The browser's "online" cuts it short. */
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000]
/** The code of what one has stopped oneself. */
export const STOPPED = 'stopped'
/** Tries without any progress before it is given up: about half an hour. */
const MOST_TRIES = 120

/**
 * Sends a file in pieces and then has it put in its place (`path`, with `fields`). When the connection is cut it waits
 * and goes on where the file has arrived, by itself; asking twice for the last step makes no second document.
 */
export function send(path: string, bucket: Bucket, file: File, fields: Record<string, string>, watch: Watch): Sending {
  const stopped = new AbortController()
  const line = new Line(stopped.signal, watch.onLine)
  return { done: sent(line, path, bucket, file, fields, watch), stop: () => stopped.abort() }
}

async function sent(line: Line, path: string, bucket: Bucket, file: File, fields: Record<string, string>, watch: Watch): Promise<Ending> {
  const id = newId() // ours, so that beginning again after a lost answer begins no second one
  let coming: Coming | undefined
  try {
    coming = await line.ask((signal) => answered(http.POST('/api/uploads', { body: { id, bucket, file_name: file.name, size: file.size }, signal })))
    let { received } = coming
    while (received < file.size) {
      received = await line.ask((signal) => piece(coming as Coming, file, received, signal))
      watch.onProgress(received / file.size)
    }
    await line.ask((signal) => finished(path, { ...fields, upload: (coming as Coming).id }, signal))
    return 'added'
  } catch (thrown) {
    const error = asApiError(thrown)
    const mayHaveBegun = coming !== undefined || error.status === 0 // the answer to the first may have been lost
    if (mayHaveBegun && (await wasAdded(coming?.id ?? id))) return 'was added'
    throw line.signal.aborted ? toApiError(0, { code: STOPPED, title: 'Stopped', detail: 'Not added: stopped by you.' }) : error
  }
}

/** Lets go of it, unless it has become a document already. */
async function wasAdded(upload_id: string): Promise<boolean> {
  try {
    await http.DELETE('/api/uploads/{upload_id}', { params: { path: { upload_id } } })
    return false
  } catch (thrown) {
    return asApiError(thrown).code === 'was_added'
  }
}

async function answered<T>(asked: Promise<{ data?: T }>): Promise<T> {
  const { data } = await asked
  if (data === undefined) throw toApiError(500, null)
  return data
}

/** How much is there after this piece. When an answer was lost, the server says how much is there already. */
async function piece(coming: Coming, file: File, begins: number, signal: AbortSignal): Promise<number> {
  try {
    const body = file.slice(begins, begins + coming.piece_bytes)
    const answer = await raw('PATCH', `/api/uploads/${coming.id}?begins=${begins}`, body, signal, { 'Content-Type': 'application/octet-stream' })
    return ((await answer.json()) as Coming).received
  } catch (thrown) {
    const { code, data } = asApiError(thrown)
    if (code === 'not_the_next_piece' && typeof data.received === 'number') return data.received
    throw thrown
  }
}

async function finished(path: string, fields: Record<string, string>, signal: AbortSignal): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  await raw('POST', path, form, signal)
}

/** A request that is no JSON. Throws ApiError. */
async function raw(method: string, path: string, body: Blob | FormData, signal: AbortSignal, headers: Record<string, string> = {}): Promise<Response> {
  const answer = await fetch(path, { method, body, signal, credentials: 'same-origin', headers: { ...headers, 'X-CSRFToken': csrfToken() } }).catch((): never => {
    throw toApiError(0, null)
  })
  if (answer.ok) return answer
  if (answer.status === 401) signedOut('expired')
  throw toApiError(answer.status, await answer.json().catch(() => null))
}

/** A connection that may be cut: what is asked over it is asked again until it was answered. */
class Line {
  private tries = 0

  constructor(
    readonly signal: AbortSignal,
    private readonly onLine: Watch['onLine'],
  ) {}

  async ask<T>(question: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const answer = await question(this.signal)
        if (this.tries > 0) this.onLine('there')
        this.tries = 0
        return answer
      } catch (thrown) {
        const error = asApiError(thrown)
        if (this.signal.aborted || !isPassing(error) || this.tries >= MOST_TRIES) throw error
        this.onLine(error.isOffline ? 'cut' : 'away')
        await pause(PAUSES[Math.min(this.tries, PAUSES.length - 1)] ?? 0, this.signal)
        this.tries += 1
      }
    }
  }
}

/** Nothing was wrong with the request: the same may be answered in a while. 503 is also a scanner or a store that is away. */
const isPassing = ({ status, isOffline }: ApiError): boolean => isOffline || [502, 503, 504].includes(status)

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer)
      globalThis.removeEventListener('online', over)
      signal.removeEventListener('abort', over)
      resolve()
    }
    const timer = setTimeout(over, milliseconds)
    globalThis.addEventListener('online', over)
    signal.addEventListener('abort', over)
  })
}
