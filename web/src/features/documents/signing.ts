/** Signatures on documents: who is asked, how it stands, and what it is called. */
import { CircleCheck, CircleX, Clock3, Hourglass, PenLine, TimerOff, Undo2, type LucideIcon } from 'lucide-react'
import { pagedQuery, query, type GetPath } from '@/api/queries'
import type { Schema } from '@/api/schema'
import type { Tone } from '@/ui/tones'
import type { Document } from './words'

export type SignatureRequest = Schema<'SignatureRequestOut'>
export type Place = Schema<'SignerOut'>
export type SignatureMail = Schema<'SignatureMail'>
export type SignerOption = Schema<'SignerOption'>
export type SignerRole = Place['role']
/** Strokes of x, y, x, y … on a paper of `paper`. */
export type Drawing = readonly (readonly number[])[]

/** mentalspace/documents/signing/rules.py: WIDE, HIGH */
export const paper = { wide: 600, high: 200 } as const

/** A document's requests, the latest first. */
export const requestsQuery = (document_id: string) => query('/api/documents/{document_id}/signature-requests', { params: { path: { document_id } } })

/** Whom a signature in a chart can be asked of. */
export const signersQuery = (client_id: string) => query('/api/clients/{client_id}/possible-signers', { params: { path: { client_id } } })

/** What waits for one's own signature, or what one has sent and others are to sign. */
export const waitingQuery = (whose: 'mine' | 'sent') => pagedQuery('/api/signature-requests', { params: { query: { whose } } })

/** What changes with a signature. */
export const touched: GetPath[] = ['/api/documents/{document_id}/signature-requests', '/api/clients/{client_id}/documents', '/api/documents/{document_id}', '/api/signature-requests']

type Look = { tone: Tone; icon: LucideIcon; label: string }

export const requestLooks: Record<SignatureRequest['status'], Look> = {
  open: { tone: 'amber', icon: Hourglass, label: 'Out for signature' },
  signed: { tone: 'green', icon: CircleCheck, label: 'Signed by everybody' },
  declined: { tone: 'red', icon: CircleX, label: 'Declined' },
  withdrawn: { tone: 'grey', icon: Undo2, label: 'Withdrawn' },
  expired: { tone: 'grey', icon: TimerOff, label: 'Expired' },
}

export const placeLooks: Record<Place['state'], Look> = {
  waiting: { tone: 'grey', icon: Clock3, label: 'Waits for those before' },
  asked: { tone: 'amber', icon: PenLine, label: 'Asked to sign' },
  signed: { tone: 'green', icon: CircleCheck, label: 'Signed' },
  declined: { tone: 'red', icon: CircleX, label: 'Declined' },
  closed: { tone: 'grey', icon: TimerOff, label: 'Not signed' },
}

const mailNames = { link: 'Link', copy: 'Signed copy' } as const

/** What the outbox says of a mail about a place; `isTrouble` when somebody has to do something. `isGiven`: links give the signed copy still. */
export function mailWords({ what, address, state, delivery_status: status, problem }: SignatureMail, isGiven = true): { words: string; isTrouble: boolean } {
  const name = mailNames[what]
  const advice = what === 'link' ? 'Put the address right in the chart, then remind.' : isGiven ? 'Put the address right in the chart, then send the copy again.' : 'Give them a copy another way.'
  if (state === 'called_off') return { words: `${name} to ${address} was called off and not sent. ${problem}`.trim(), isTrouble: true }
  if (state === 'failed') return { words: `${name} to ${address} was not sent. ${problem}`.trim(), isTrouble: true }
  if (state === 'waiting') return problem === '' ? { words: `${name} on its way to ${address}`, isTrouble: false } : { words: `${name} to ${address} is tried again. ${problem}`, isTrouble: true }
  if (status === 'bounced' || status === 'undelivered') return { words: `${name} sent to ${address} came back. ${advice}`, isTrouble: true }
  if (status === 'complained') return { words: `${name} sent to ${address} was reported as unwanted. Reach them another way.`, isTrouble: true }
  return { words: `${name} sent to ${address}`, isTrouble: false }
}

/** Whom a link could not be sent to: in that state, signing by a link, and without an address in the chart. */
export const unreached = ({ places }: SignatureRequest, state: 'asked' | 'signed'): string[] => places.filter((place) => place.state === state && place.email !== '' && place.address_now === '').map(({ name }) => name)

/** What was done, and who was left out because the chart has no address for them. */
export const saidOf = (done: string, left: readonly string[]): { message: string; tone?: 'danger' } =>
  left.length === 0 ? { message: done } : { message: `${done}, but not ${left.join(', ')}: there is no e-mail address in the chart`, tone: 'danger' }

export const staffRoles: readonly SignerRole[] = ['Clinician', 'Supervisor', 'Witness']

/** The role somebody signs in, unless another is chosen. */
export const roleOf = ({ kind }: SignerOption): SignerRole => (kind === 'client' ? 'Client' : kind === 'guardian' ? 'Guardian' : 'Clinician')

/** mentalspace/documents/signing/actions.py: _check */
export function whyNotSend(document: Document, whyNot: string | null): string | null {
  if (whyNot !== null) return whyNot
  if (document.mime_type !== 'application/pdf') return 'Only a PDF can be signed.'
  if (document.signed_at !== null) return 'It is signed already.'
  if (document.is_out) return 'It is out for signature already.'
  return document.status === 'active' && document.state === 'kept' ? null : 'Only an active document can be sent.'
}
