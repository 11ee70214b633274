/** What goes to and fro by a link to a form. mentalspace/forms/links/pages.py */
import { csrfToken } from '@/api/csrf'
import { toApiError } from '@/api/errors'
import type { Answers } from '../answers'
import type { Definition, FormRow } from '../words'

type About = { practice: string; /** The practice's, or empty. */ phone: string; title: string; status: FormRow['status'] }
export type ToFill = About & { instructions: string; note: string; definition: Definition; answers: Answers; version: number; saved_at: string | null }
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

export const open = (token: string, date_of_birth: string) => post<ByLink & { proof: string }>(token, 'opening', { date_of_birth })

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

  readonly save = (body: Body, keepalive: boolean) => post<{ version: number; saved_at: string | null }>(this.token, 'answers', { ...body, proof: this.proof }, keepalive)
  readonly submit = (body: Body) => post<ByLink>(this.token, 'submission', { ...body, proof: this.proof })
}
