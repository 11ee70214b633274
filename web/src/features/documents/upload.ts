import { csrfToken } from '@/api/client'
import { toApiError, type ApiError } from '@/api/errors'
import { signedOut } from '@/api/session'

export type Sending = { done: Promise<void>; stop: () => void }

/** Sends one file as a form and tells how far it is, from 0 to 1. `fetch` cannot say that of what it sends. */
export function send(path: string, file: File, fields: Record<string, string>, onProgress: (part: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<void>((resolve, reject: (error: ApiError) => void) => {
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && onProgress(loaded / total)
    request.onerror = () => reject(toApiError(0, null))
    request.onabort = () => reject(toApiError(0, { code: 'stopped', title: 'Stopped', detail: 'Not added: stopped by you.' }))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve()
      if (request.status === 401) signedOut('expired')
      reject(toApiError(request.status, parsed(request.responseText)))
    }
  })
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file)
  request.open('POST', path)
  request.setRequestHeader('X-CSRFToken', csrfToken())
  request.send(form)
  return { done, stop: () => request.abort() }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
