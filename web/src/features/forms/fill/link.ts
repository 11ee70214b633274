/** What goes to and fro by a link to a form. mentalspace/forms/links/pages.py */
import { csrfToken } from '@/api/csrf'
import { toApiError } from '@/api/errors'
import type { Answers } from '../answers'
import { sendForm, type Send } from '../files'
import type { Definition, FormFile, FormRow, Uploading } from '../words'

type About = { practice: string; /** The practice's, or empty. */ phone: string; title: string; status: FormRow['status'] }
export type ToFill = About & { instructions: string; note: string; definition: Definition; answers: Answers; version: number; saved_at: string | null } & LinkFiles
type LinkFiles = { files: FormFile[]; uploading: Uploading | null }
export type ByLink = About | ToFill

export const isToFill = (form: ByLink): form is ToFill => 'definition' in form

async function post<Answer>(token: string, what: string, body: unknown, keepalive = false): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': csrfToken() }
  const answer = await fetch(`/f/${encodeURIComponent(token)}/${what}`, { method: 'POST', headers, body: JSON.stringify(body), keepalive }).catch(() => null)
  if (answer === null) throw toApiError(0, null)
  const given: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw toApiError(answer.status, given)
  return given as Answer
}

const noFiles: LinkFiles = { files: [], uploading: null }

/** The form; where it asks for files, with those that its answers name and what may be added. */
export async function open(token: string, date_of_birth: string): Promise<ByLink & { proof: string }> {
  const form = await post<About & Partial<ToFill> & { proof: string }>(token, 'opening', { date_of_birth })
  if (!isToFill(form)) return form
  const asks = form.definition.fields.some(({ kind }) => kind === 'file')
  return { ...form, ...(asks ? await post<LinkFiles>(token, 'files/named', { proof: form.proof }) : noFiles) }
}

type Body = { version: number; answers: Answers }

/** How answers go by a link, with the proof that the date of birth was right; it is renewed while the page stays open. */
export class ByLinkTransport {
  constructor(
    private readonly token: string,
    private proof: string,
  ) {}

  readonly renew = (proof: string): void => {
    this.proof = proof
  }

  readonly sendFile: Send = async (field, file, onProgress, signal) => (await sendForm(`/f/${encodeURIComponent(this.token)}/files`, { field, file, proof: this.proof }, onProgress, signal)) as FormFile
  readonly save = (body: Body, keepalive: boolean) => post<{ version: number; saved_at: string | null }>(this.token, 'answers', { ...body, proof: this.proof }, keepalive)
  readonly submit = (body: Body) => post<ByLink>(this.token, 'submission', { ...body, proof: this.proof })
}
