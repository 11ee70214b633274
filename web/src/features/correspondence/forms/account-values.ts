/** The form of an account with a provider. Its secrets go to the server and never come back. */
import type { UseFormSetError } from 'react-hook-form'
import type { ApiError } from '@/api/errors'
import { z } from '@/lib/validation'
import type { Provider } from '../carriers'

export const blank = { sender: '', key: '', signing_secret: '', account: '', token: '' }
export type AccountValues = typeof blank

const needed = (missing: string) => z.string().trim().min(1, missing).max(300, 'At most 300 characters.')
const unused = z.string()

export const shapes = {
  resend: z.object({
    sender: needed('Enter the address that writes.').refine((text) => /\S+@\S+\.\S+/.test(text), 'Enter an e-mail address, with a name before it if you like.'),
    key: needed('Enter the API key.'),
    signing_secret: needed('Enter the signing secret of the webhook.'),
    account: unused,
    token: unused,
  }),
  twilio: z.object({
    sender: needed('Enter the number, or the messaging service.'),
    key: unused,
    signing_secret: unused,
    account: needed('Enter the account SID.').refine((text) => /^AC\S+$/.test(text), 'An account SID begins with AC.'),
    token: needed('Enter the auth token.'),
  }),
} as const

const isField = (name: string): name is keyof AccountValues => Object.hasOwn(blank, name)

/** Puts what the server refused at its fields. Returns the sentence for what belongs to no field. */
export function showRefusal(error: ApiError, setError: UseFormSetError<AccountValues>): string | null {
  const refused = Object.entries(error.fields)
  for (const [name, [message = error.detail]] of refused) if (isField(name)) setError(name, { message })
  return refused.length > 0 && refused.every(([name]) => isField(name)) ? null : error.detail
}

type FieldWords = { name: keyof AccountValues; label: string; hint: string; secret?: true; placeholder?: string }

export const fieldsOf: Record<Provider, readonly FieldWords[]> = {
  resend: [
    { name: 'sender', label: 'Sender', placeholder: 'Riverbend Counseling <office@riverbend.example>', hint: 'Whom readers see. Its domain must be verified at Resend.' },
    { name: 'key', label: 'API key', secret: true, hint: 'At Resend under API keys, with “sending access”. It begins with re_.' },
    { name: 'signing_secret', label: 'Webhook signing secret', secret: true, hint: 'At Resend under Webhooks, once you have added the address below. It begins with whsec_.' },
  ],
  twilio: [
    { name: 'sender', label: 'Number or messaging service', placeholder: '+1 518 555 0199', hint: 'A number of the account, or the service’s SID, which begins with MG.' },
    { name: 'account', label: 'Account SID', hint: 'On the first page of Twilio’s console. It begins with AC.' },
    { name: 'token', label: 'Auth token', secret: true, hint: 'On the same page, behind “Show”.' },
  ],
}
