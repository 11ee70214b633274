/** Files that are brought to a question: how they go, and what a page knows of them. mentalspace/forms/files */
import { createContext } from 'react'
import { csrfToken } from '@/api/csrf'
import { toApiError } from '@/api/errors'
import type { FormFile, Uploading } from './words'

/** Sends one file to a question. `onProgress` says how much has left, from 0 to 1. Throws ApiError. */
export type Send = (field: string, file: File, onProgress: (part: number) => void, signal: AbortSignal) => Promise<FormFile>

export type Files = { known: readonly FormFile[]; uploading: Uploading | null; send: Send; /** One more is on its way (1), or one less (-1): until then the form is not sent. */ onWay: (by: 1 | -1) => void }

/** Where files go from here; null where a form is only shown as it will be. */
export const FilesContext = createContext<Files | null>(null)

/** A form of parts, by the one way in which a browser says how far it is. Throws ApiError. */
export function sendForm(path: string, fields: Record<string, string | Blob>, onProgress: (part: number) => void, signal: AbortSignal): Promise<unknown> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const request = new XMLHttpRequest()
  signal.addEventListener('abort', () => request.abort())
  return new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => (request.status < 300 ? resolve(parsed(request.responseText)) : reject(toApiError(request.status, parsed(request.responseText)))))
    for (const name of ['error', 'abort', 'timeout']) request.addEventListener(name, () => reject(toApiError(0, null)))
    request.open('POST', path)
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.send(form)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const megabyte = 1_048_576

export const sizeOf = (bytes: number): string => (bytes >= megabyte ? `${(bytes / megabyte).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`)

/** Why this cannot be sent, known before it is; the server judges what is in it. */
export function whyNotSend({ name, size }: Pick<File, 'name' | 'size'>, { endings, most_bytes: most }: Uploading): string | null {
  if (size === 0) return 'This file is empty.'
  if (size > most) return `This file is too large: ${sizeOf(size)}, and at most ${Math.floor(most / megabyte)} MB.`
  return endings.some((ending) => name.toLowerCase().endsWith(ending)) ? null : `This kind of file is not taken here. Taken are ${endings.join(', ')}.`
}
