/**
 * Sign-in over django-allauth's headless browser API. It is not in our OpenAPI, so its few shapes are written by hand, here only.
 * A 401 from it is not a failure but the next step ("second factor, please"), told in `data.flows`.
 */
import { csrfToken } from './client'
import { ApiError, toApiError } from './errors'

export type SignInStep = 'done' | 'second-factor' | 'password' | 'verify-email'

type Flow = { id: string; is_pending?: boolean }
type Body = {
  data?: { flows?: Flow[]; methods?: { method: string }[] } & Record<string, unknown>
  meta?: Record<string, unknown>
  errors?: { code: string; message: string; param?: string }[]
}
type Method = 'GET' | 'POST' | 'DELETE'

async function call(method: Method, path: string, payload?: object): Promise<{ status: number; body: Body }> {
  const headers: Record<string, string> = { accept: 'application/json' }
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

function refusal(status: number, body: Body): ApiError {
  const first = body.errors?.[0]
  const general = toApiError(status, null)
  const fields: Record<string, string[]> = {}
  for (const { code, message, param } of body.errors ?? []) if (param) fields[param] = [...(fields[param] ?? []), words[code] ?? message]
  const code = first?.code ?? general.code
  return new ApiError({ code, status, title: 'Not signed in', detail: words[code] ?? first?.message ?? general.detail, fields, data: body.data ?? {} })
}

function nextStep({ status, body }: { status: number; body: Body }): SignInStep {
  if (status === 200) return 'done'
  const pending = body.data?.flows?.find((flow) => flow.is_pending)?.id
  if (status === 401 && pending === 'mfa_authenticate') return 'second-factor'
  if (status === 401 && pending === 'verify_email') return 'verify-email'
  throw refusal(status, body)
}

/** Where sign-in stands for this browser; also makes the server set the CSRF cookie. */
export async function signInStatus(): Promise<SignInStep> {
  const { status, body } = await call('GET', 'auth/session')
  const pending = status === 401 && body.data?.flows?.some((flow) => flow.is_pending)
  if (status === 410 || (status === 401 && !pending)) return 'password'
  return nextStep({ status, body })
}

export async function signIn(email: string, password: string): Promise<SignInStep> {
  const answer = await call('POST', 'auth/login', { email, password })
  if (answer.status === 409) return signInStatus()
  return nextStep(answer)
}

/** The code of the authenticator app, or a recovery code. */
export async function giveSecondFactor(code: string): Promise<SignInStep> {
  return nextStep(await call('POST', 'auth/2fa/authenticate', { code: code.replace(/[\s-]/g, '') }))
}

export async function signOut(): Promise<void> {
  const { status, body } = await call('DELETE', 'auth/session')
  if (status !== 200 && status !== 401 && status !== 410) throw refusal(status, body)
}

/** Proves it is still the same person, before something weighty: signing a note, adding an authenticator. */
export async function confirmPassword(password: string): Promise<void> {
  const { status, body } = await call('POST', 'auth/reauthenticate', { password })
  if (status !== 200) throw refusal(status, body)
}

export async function confirmCode(code: string): Promise<void> {
  const { status, body } = await call('POST', 'auth/2fa/reauthenticate', { code: code.replace(/[\s-]/g, '') })
  if (status !== 200) throw refusal(status, body)
}

export async function hasAuthenticator(): Promise<boolean> {
  const { status, body } = await call('GET', 'account/authenticators')
  if (status !== 200) throw refusal(status, body)
  return Array.isArray(body.data) && body.data.some((one: { type?: string }) => one.type === 'totp' || one.type === 'webauthn')
}

export type AuthenticatorOffer = { secret: string; url: string } | 'confirm-password' | 'already-on'

/** What the authenticator app must scan. allauth wants the password again before it offers a secret. */
export async function offerAuthenticator(): Promise<AuthenticatorOffer> {
  const { status, body } = await call('GET', 'account/authenticators/totp')
  if (status === 200) return 'already-on'
  if (status === 401) return 'confirm-password'
  const { secret, totp_url: url } = body.meta ?? {}
  if (status === 404 && typeof secret === 'string' && typeof url === 'string') return { secret, url }
  throw refusal(status, body)
}

export async function addAuthenticator(code: string): Promise<void> {
  const { status, body } = await call('POST', 'account/authenticators/totp', { code: code.replace(/\s/g, '') })
  if (status !== 200) throw refusal(status, body)
}

export async function recoveryCodes(): Promise<string[]> {
  const { status, body } = await call('GET', 'account/authenticators/recovery-codes')
  if (status !== 200) throw refusal(status, body)
  const codes = body.data?.unused_codes
  return Array.isArray(codes) ? codes.filter((code): code is string => typeof code === 'string') : []
}
