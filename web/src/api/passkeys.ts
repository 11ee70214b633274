/** Passkeys: the server's question goes to the browser, which asks the device; its answer goes back as it is. */
import { call, refusal, type Answer } from './allauth'
import { nextStep, type SignInStep } from './auth'
import { ApiError } from './errors'

const wrong = { incorrect_code: 'This passkey does not belong to your account here, or it has been removed. Use another way to sign in.' }

/** Both factors in one. */
export async function signInByPasskey(): Promise<SignInStep> {
  const question = questionIn(await call('GET', 'auth/webauthn/login'), 'request_options')
  return nextStep(await call('POST', 'auth/webauthn/login', { credential: await get(question) }), wrong)
}

/** After the password. */
export async function givePasskey(): Promise<SignInStep> {
  const question = questionIn(await call('GET', 'auth/webauthn/authenticate'), 'request_options')
  return nextStep(await call('POST', 'auth/webauthn/authenticate', { credential: await get(question) }), wrong)
}

/** Proves it is still the same person. */
export async function confirmByPasskey(): Promise<void> {
  const question = questionIn(await call('GET', 'auth/webauthn/reauthenticate'), 'request_options')
  const { status, body } = await call('POST', 'auth/webauthn/reauthenticate', { credential: await get(question) })
  if (status !== 200) throw refusal(status, body, wrong)
}

/** Has the device make a passkey; the answer is for `addPasskey`. */
export async function makePasskey(question: unknown): Promise<object> {
  return answerOf(navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON((question as { publicKey: PublicKeyCredentialCreationOptionsJSON }).publicKey) }))
}

async function get(question: unknown): Promise<object> {
  return answerOf(navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON((question as { publicKey: PublicKeyCredentialRequestOptionsJSON }).publicKey) }))
}

async function answerOf(asking: Promise<Credential | null>): Promise<object> {
  const credential = await asking.catch((reason: unknown) => {
    throw notGiven(reason)
  })
  if (!(credential instanceof PublicKeyCredential)) throw notGiven(null)
  return credential.toJSON() as object
}

/** The server's question to a passkey, wrapped as the browser's older interface had it. */
export function questionIn({ status, body }: Answer, name: 'request_options' | 'creation_options'): unknown {
  const question = body.data?.[name]
  if (status !== 200 || question === undefined) throw refusal(status, body)
  return question
}

/** What the browser says when a passkey is not given, in words about what to do. It does not tell "cancelled" from "none here". */
function notGiven(reason: unknown): ApiError {
  const name = reason instanceof DOMException ? reason.name : ''
  const detail =
    name === 'InvalidStateError'
      ? 'This device holds a passkey for your account already.'
      : name === 'SecurityError'
        ? 'The browser does not allow passkeys at this address.'
        : 'No passkey was given: it was cancelled, took too long, or this device has none for your account. Try again, or use another way.'
  return new ApiError({ code: 'no_passkey', status: 0, title: 'No passkey', detail, fields: {}, data: {} })
}
