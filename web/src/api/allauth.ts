/**
 * django-allauth's headless browser API. It is not in our OpenAPI, so its few shapes are written by hand: here, and in
 * `auth.ts` (signing in), `links.ts` (what mailed links open) and `account.ts` (one's own factors and password).
 */
import { csrfToken } from './csrf'
import { ApiError, toApiError } from './errors'

export type Factor = 'totp' | 'webauthn' | 'recovery_codes'
export type Flow = { id: string; is_pending?: boolean; types?: Factor[] }
export type Body = {
  data?: { flows?: Flow[] } & Record<string, unknown>
  meta?: Record<string, unknown>
  errors?: { code: string; message: string; param?: string }[]
}
export type Answer = { status: number; body: Body }
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export async function call(method: Method, path: string, payload?: object, more: Record<string, string> = {}): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json', ...more }
  if (payload) headers['content-type'] = 'application/json'
  if (method !== 'GET') headers['X-CSRFToken'] = csrfToken()
  const response = await fetch(`/_allauth/browser/v1/${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    ...(payload ? { body: JSON.stringify(payload) } : {}),
  }).catch(() => {
    throw toApiError(0, null)
  })
  const body = (await response.json().catch(() => ({}))) as Body
  return { status: response.status, body }
}

/** Our words for allauth's codes; it speaks of "email address", "reauthenticate" and never of what to do next. */
const words: Record<string, string> = {
  email_password_mismatch: 'E-mail or password is not right.',
  enter_current_password: 'That is not your password.',
  incorrect_password: 'That is not your password.',
  incorrect_code: 'That code is not right. Codes change every 30 seconds: use the one showing now.',
  too_many_login_attempts: 'Signing in is paused after too many wrong attempts. Try again in half an hour, or ask your administrator.',
}

/** allauth's refusal, or one of ours that came in its place, as the one type of error that pages know. */
export function refusal(status: number, body: Body, own: Record<string, string> = {}): ApiError {
  const general = toApiError(status, body)
  const first = body.errors?.[0]
  if (!first) return general
  const say = (code: string, message: string) => own[code] ?? words[code] ?? message
  const fields: Record<string, string[]> = {}
  for (const { code, message, param } of body.errors ?? []) if (param) fields[param] = [...(fields[param] ?? []), say(code, message)]
  return new ApiError({ code: first.code, status, title: general.title, detail: say(first.code, first.message), fields, data: body.data ?? {} })
}
