/** What goes to and fro by a link to a form. mentalspace/forms/links/pages.py */
import { csrfToken } from '@/api/csrf'
import { toApiError } from '@/api/errors'
import type { Answers } from '../answers'
import { sendForm, type Send } from '../files'
import type { Definition, FormFile, FormRow, Uploading } from '../words'

type About = { practice: string; /** The practice's, or empty. */ phone: string; title: string; status: FormRow['status']; /** The next form of the packet, opened already; once this one is done. */ next?: Next | null }
export type Next = Omit<ToFill, keyof LinkFiles> & { token: string; proof: string }
export type ToFill = About & { packet: { title: string; place: number; total: number } | null; instructions: string; note: string; definition: Definition; answers: Answers; version: number; saved_at: string | null } & LinkFiles
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
  return isToFill(form) ? { ...form, ...(await filesOf(token, form)) } : form
}

/** The next form, with its files. */
export const goOn = async (next: Next): Promise<ToFill & { proof: string }> => ({ ...next, ...(await filesOf(next.token, next)) })

async function filesOf(token: string, { definition, proof }: { definition: Definition; proof: string }): Promise<LinkFiles> {
  return definition.fields.some(({ kind }) => kind === 'file') ? post<LinkFiles>(token, 'files/named', { proof }) : noFiles
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
