/** One's own factors and password, over django-allauth. What must be fresh is asked for with `proof_needed`, which lists the ways. */
import { call, refusal, type Answer, type Body, type Factor } from './allauth'
import { ApiError } from './errors'
import { queryOptions } from '@tanstack/react-query'
import { makePasskey, questionIn } from './passkeys'
import { signedOut } from './session'

/** A way to prove again who one is. */
export type Proof = 'password' | 'code' | 'passkey'
/** The ways that this refusal names; null when it is about something else. */
export const proofsFor = (error: ApiError): Proof[] | null => (error.code === 'proof_needed' ? (error.data.proofs as Proof[]) : null)

/** Throws unless it was done; who is not signed in any more is led to sign-in. */
function done(answer: Answer): Body {
  const { status, body } = answer
  if (status === 200) return body
  if (status === 401 && body.meta?.is_authenticated === true) throw proofNeeded(body)
  if (status === 401 || status === 410) signedOut('expired')
  throw refusal(status, body)
}

function proofNeeded(body: Body): ApiError {
  const ways = new Set<Proof>()
  for (const { id, types = [] } of body.data?.flows ?? []) {
    if (id === 'reauthenticate') ways.add('password')
    if (types.includes('webauthn')) ways.add('passkey')
    if (types.includes('totp') || types.includes('recovery_codes')) ways.add('code')
  }
  return new ApiError({ code: 'proof_needed', status: 401, title: 'Once more', detail: 'Prove first that it is you.', fields: {}, data: { proofs: [...ways] } })
}

export type Passkey = { id: number; name: string; addedAt: string; usedAt: string | null }
export type Factors = {
  app: { addedAt: string; usedAt: string | null } | null
  passkeys: Passkey[]
  codes: { left: number; total: number } | null
}

type Row = { type: Factor; id?: number; name?: string; created_at: number; last_used_at: number | null; total_code_count?: number; unused_code_count?: number }
const instant = (seconds: number): string => new Date(seconds * 1000).toISOString()
const dates = ({ created_at, last_used_at }: Row) => ({ addedAt: instant(created_at), usedAt: last_used_at === null ? null : instant(last_used_at) })

export async function readFactors(): Promise<Factors> {
  const rows = done(await call('GET', 'account/authenticators')).data as unknown as Row[]
  const app = rows.find(({ type }) => type === 'totp')
  const codes = rows.find(({ type }) => type === 'recovery_codes')
  return {
    app: app ? dates(app) : null,
    passkeys: rows.filter(({ type }) => type === 'webauthn').map((row) => ({ id: row.id ?? 0, name: row.name ?? 'Passkey', ...dates(row) })),
    codes: codes ? { left: codes.unused_code_count ?? 0, total: codes.total_code_count ?? 0 } : null,
  }
}

export const factorsQuery = () => queryOptions({ queryKey: ['own-factors'], queryFn: readFactors })

export type AppOffer = { secret: string; url: string } | 'already-on'

/** What an authenticator app must scan. */
export async function offerApp(): Promise<AppOffer> {
  const answer = await call('GET', 'account/authenticators/totp')
  const { secret, totp_url: url } = answer.body.meta ?? {}
  if (answer.status === 404 && typeof secret === 'string' && typeof url === 'string') return { secret, url }
  done(answer)
  return 'already-on'
}

export async function addApp(code: string): Promise<void> {
  done(await call('POST', 'account/authenticators/totp', { code: code.replace(/\s/g, '') }))
}

export async function removeApp(): Promise<void> {
  done(await call('DELETE', 'account/authenticators/totp'))
}

/** Asks the server for a question, the device for a passkey, and hands the answer in. */
export async function addPasskey(name: string): Promise<void> {
  const begun = await call('GET', 'account/authenticators/webauthn?passwordless')
  done(begun)
  const credential = await makePasskey(questionIn(begun, 'creation_options'))
  done(await call('POST', 'account/authenticators/webauthn', { name, credential }))
}

export async function renamePasskey({ id, name }: { id: number; name: string }): Promise<void> {
  done(await call('PUT', 'account/authenticators/webauthn', { id, name }))
}

export async function removePasskey(id: number): Promise<void> {
  done(await call('DELETE', 'account/authenticators/webauthn', { authenticators: [id] }))
}

const codesIn = (body: Body): string[] => {
  const codes = body.data?.unused_codes
  return Array.isArray(codes) ? codes.filter((code): code is string => typeof code === 'string') : []
}

/** The codes made with the first factor; shown once, later there are none to read. */
export const readRecoveryCodes = async (): Promise<string[]> => codesIn(done(await call('GET', 'account/authenticators/recovery-codes')))

/** New ones; those before stop working. */
export const makeRecoveryCodes = async (): Promise<string[]> => codesIn(done(await call('POST', 'account/authenticators/recovery-codes', {})))

export async function confirmCode(code: string): Promise<void> {
  const { status, body } = await call('POST', 'auth/2fa/reauthenticate', { code: code.replace(/[\s-]/g, '') })
  if (status !== 200) throw refusal(status, body)
}

export async function changePassword({ current, chosen }: { current: string; chosen: string }): Promise<void> {
  done(await call('POST', 'account/password/change', { current_password: current, new_password: chosen }))
}
