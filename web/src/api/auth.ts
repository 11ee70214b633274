/**
 * Signing in and out, over django-allauth's headless browser API.
 * A 401 from it is not a failure but the next step ("second factor, please"), told in `data.flows`.
 */
import { call, refusal, type Answer, type Factor } from './allauth'

/** What signing in waits for: nothing, a password, a confirmed address, or one of the account's factors. */
export type SignInStep = 'done' | 'password' | 'verify-email' | { factors: readonly Factor[] }

export function nextStep({ status, body }: Answer, own?: Record<string, string>): SignInStep {
  if (status === 200) return 'done'
  const pending = body.data?.flows?.find((flow) => flow.is_pending)
  if (status === 401 && pending?.id === 'mfa_authenticate') return { factors: pending.types ?? ['totp', 'recovery_codes'] }
  if (status === 401 && pending?.id === 'verify_email') return 'verify-email'
  throw refusal(status, body, own)
}

/** Where sign-in stands for this browser; also makes the server set the CSRF cookie. */
export async function signInStatus(): Promise<SignInStep> {
  const answer = await call('GET', 'auth/session')
  const pending = answer.status === 401 && answer.body.data?.flows?.some((flow) => flow.is_pending)
  if (answer.status === 410 || (answer.status === 401 && !pending)) return 'password'
  return nextStep(answer)
}

export async function signIn(email: string, password: string): Promise<SignInStep> {
  const answer = await call('POST', 'auth/login', { email, password })
  if (answer.status === 409) return signInStatus()
  return nextStep(answer)
}

/** A code of the authenticator app, or a recovery code. */
export type GivenCode = { code: string; isRecovery: boolean }

export async function giveSecondFactor({ code, isRecovery }: GivenCode): Promise<SignInStep> {
  const own: Record<string, string> = isRecovery ? { incorrect_code: 'That recovery code is not right, or it has been used. Each works once.' } : {}
  return nextStep(await call('POST', 'auth/2fa/authenticate', { code: code.replace(/[\s-]/g, '') }), own)
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

export async function hasAuthenticator(): Promise<boolean> {
  const { status, body } = await call('GET', 'account/authenticators')
  if (status !== 200) throw refusal(status, body)
  return Array.isArray(body.data) && body.data.some((one: { type?: string }) => one.type === 'totp' || one.type === 'webauthn')
}
