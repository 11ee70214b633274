/** What mailed links open: a new password, a confirmed address. None of them signs anybody in. */
import { call, refusal, type Answer } from './allauth'

/** A link works once and for a while. `null`: this one does not any more. */
type Found = { email: string } | null

/** The same answer for an address that has an account and one that has none. */
export async function askForReset(email: string): Promise<void> {
  const { status, body } = await call('POST', 'auth/password/request', { email })
  if (status !== 200) throw refusal(status, body)
}

export const readReset = async (key: string): Promise<Found> => found(await call('GET', 'auth/password/reset', undefined, { 'X-Password-Reset-Key': key }))

/** "spent" when the link has stopped working meanwhile. */
export const setNewPassword = async (key: string, password: string): Promise<'done' | 'spent'> => used(await call('POST', 'auth/password/reset', { key, password }))

export const readVerification = async (key: string): Promise<Found> => found(await call('GET', 'auth/email/verify', undefined, { 'X-Email-Verification-Key': key }))

export const confirmAddress = async (key: string): Promise<'done' | 'spent'> => used(await call('POST', 'auth/email/verify', { key }))

const isSpent = ({ status, body }: Answer): boolean => status === 400 && (body.errors ?? []).some(({ param }) => param === 'key')

function found(answer: Answer): Found {
  if (isSpent(answer)) return null
  const { data } = answer.body
  if (answer.status !== 200 || !data) throw refusal(answer.status, answer.body)
  const user = data.user as { email?: string } | undefined
  return { email: (data.email as string | undefined) ?? user?.email ?? '' }
}

/** Done answers "now sign in" (401) to whoever is not signed in. */
function used(answer: Answer): 'done' | 'spent' {
  if (isSpent(answer)) return 'spent'
  if (answer.status !== 200 && answer.status !== 401) throw refusal(answer.status, answer.body)
  return 'done'
}
