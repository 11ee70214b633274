/** How a message fares, who carries it and why an address gets nothing: in words, and how that looks. */
import { Ban, CalendarClock, CircleAlert, CircleCheck, CircleX, Hourglass, Inbox, MailCheck, MailOpen, MailX, RotateCw, Send, ShieldX, type LucideIcon } from 'lucide-react'
import { formatMoment, formatNear } from '@/lib/dates'
import type { Look } from '@/lib/looks'
import type { Carrier, Message, MessageRow, Stop } from './queries'

/** A folder of the installation stands in for a provider: nothing has left. */
export const FOLDER = 'folder'

const looks = {
  onItsWay: { tone: 'blue', icon: Send, label: 'On its way' },
  waiting: { tone: 'blue', icon: CalendarClock, label: 'Waiting' },
  trying: { tone: 'amber', icon: RotateCw, label: 'Trying again' },
  failed: { tone: 'red', icon: CircleX, label: 'Failed' },
  calledOff: { tone: 'grey', icon: Ban, label: 'Called off' },
  kept: { tone: 'grey', icon: Inbox, label: 'Sent, kept here' },
  sent: { tone: 'teal', icon: CircleCheck, label: 'Sent' },
  delivered: { tone: 'green', icon: MailCheck, label: 'Delivered' },
  opened: { tone: 'green', icon: MailOpen, label: 'Opened' },
  delayed: { tone: 'amber', icon: Hourglass, label: 'Delayed' },
  undelivered: { tone: 'red', icon: MailX, label: 'Not delivered' },
  bounced: { tone: 'red', icon: MailX, label: 'Came back' },
  complained: { tone: 'red', icon: ShieldX, label: 'Unwanted' },
} as const satisfies Record<string, Look>

const told = new Map<string, Look>(Object.entries({ delivered: looks.delivered, delayed: looks.delayed, undelivered: looks.undelivered, bounced: looks.bounced, complained: looks.complained }))

const isDue = ({ next_attempt_at: at }: Pick<MessageRow, 'next_attempt_at'>, now: Date) => at !== null && Date.parse(at) <= now.getTime()
const wentWrong = ({ delivery_status: status }: Pick<MessageRow, 'delivery_status'>) => ['bounced', 'complained', 'undelivered'].includes(status)

/** How long a worker holds a message (`LEASE` in the server's notify/models.py). What waits longer was put off. */
const HELD = 5 * 60_000

/** It is being sent, or will be within a minute: worth looking at again in a moment. */
export const isOnItsWay = (message: Pick<MessageRow, 'state' | 'attempts' | 'problem' | 'next_attempt_at'>, now: Date = new Date()): boolean =>
  message.state === 'waiting' && (isDue(message, now) || (message.attempts > 0 && message.problem === '' && isDue(message, new Date(now.getTime() + HELD))))

/** The state as a badge says it. */
export function lookOf(message: MessageRow, now: Date = new Date()): Look {
  const { state, attempts, provider, delivery_status, opened, clicked } = message
  if (state === 'failed') return looks.failed
  if (state === 'called_off') return looks.calledOff
  if (state === 'waiting') return isOnItsWay(message, now) ? looks.onItsWay : attempts > 0 ? looks.trying : looks.waiting
  if ((opened || clicked) && !wentWrong(message)) return looks.opened
  return told.get(delivery_status) ?? (provider === FOLDER ? looks.kept : looks.sent)
}

const LATER = 10 * 60_000

/** Beside the badge: the time that matters. Empty when it went when it was written, or never will. */
export function timeOf(message: MessageRow, zone: string, now: Date = new Date()): string {
  const { state, attempts, next_attempt_at: next, sent_at: sent, created_at: created } = message
  if (state === 'waiting' && next !== null && !isOnItsWay(message, now)) return `${attempts > 0 ? 'next attempt' : 'goes'} ${formatNear(next, zone, now)}`
  return sent !== null && Date.parse(sent) - Date.parse(created) >= LATER ? formatNear(sent, zone, now) : ''
}

const tries = (attempts: number) => (attempts === 1 ? 'one attempt' : `${attempts} attempts`)

/** The state as a sentence, at the head of a message's page. */
export function sentenceOf(message: Message, zone: string, now: Date = new Date()): string {
  const { state, attempts, next_attempt_at: next, sent_at: sent, cancelled_at: off } = message
  const at = (moment: string | null) => (moment === null ? '' : formatNear(moment, zone, now))
  if (state === 'failed') return `Given up after ${tries(attempts)}. It goes nowhere until you try again.`
  if (state === 'called_off') return `Called off ${at(off)}. It was not sent and never will be.`
  if (state === 'waiting') {
    if (isOnItsWay(message, now)) return attempts > 0 ? 'It is being sent.' : 'It goes within a minute.'
    return attempts > 0 ? `${tries(attempts).replace(/^o/, 'O')} so far; the next is ${at(next)}.` : `It waits for its time and goes ${at(next)}.`
  }
  return `${sentSentence(message)} ${at(sent)}.${aftermath(message, zone, now)}`
}

const sentSentence = ({ provider }: Message) => (provider === FOLDER ? 'Put into this installation’s own outbox; it reached nobody. That was' : `${carrierNames[provider] ?? 'The mail server'} took it`)

const aftermaths: Record<string, string> = {
  delivered: 'The reader’s provider has it since',
  delayed: 'The reader’s provider lets it wait; that was last told',
  undelivered: 'It could not be delivered, as was told',
  bounced: 'It came back',
  complained: 'The reader reported it as unwanted',
}

function aftermath({ delivery_status: status, delivery_status_at: since, opened_date: opened }: Message, zone: string, now: Date): string {
  const what = aftermaths[status]
  const fate = what === undefined || since === null ? '' : ` ${what} ${formatNear(since, zone, now)}.`
  return opened === null ? fate : `${fate} It was opened ${formatNear(opened, zone, now)}.`
}

/** What providers are called; the empty one is of messages from before providers were written down. */
export const carrierNames: Record<string, string> = { resend: 'Resend', twilio: 'Twilio', smtp: 'The mail server', folder: 'This installation’s outbox' }

const PROVIDERS_WORDS = /\s*\((Resend|Twilio): ([^()]*(?:\([^()]*\))?[^()]*)\)\s*$/

/** What went wrong in our words, and apart from it what the provider said in its own. */
export function problemOf(problem: string): { plain: string; said: string } {
  const found = PROVIDERS_WORDS.exec(problem)
  return found === null ? { plain: problem, said: '' } : { plain: problem.slice(0, found.index), said: `${found[1] ?? ''}: ${(found[2] ?? '').trim()}` }
}

type Reason = Stop['reason']
type StopWords = Look & { icon: LucideIcon; what: string; todo: string }

/** Why an address gets nothing, and what helps. */
export const stopWords: Record<Reason, StopWords> = {
  bounced: {
    tone: 'red',
    icon: MailX,
    label: 'Came back',
    what: 'There is no such mailbox, or it refuses us.',
    todo: 'Ask for the right address and put it in the chart. If this one is right after all, lift the stop.',
  },
  complained: {
    tone: 'amber',
    icon: ShieldX,
    label: 'Unwanted',
    what: 'Whoever reads there reported a message as unwanted.',
    todo: 'Reach them another way. Nothing more is sent here unless they ask for it themselves.',
  },
  stopped: {
    tone: 'amber',
    icon: CircleAlert,
    label: 'Wrote STOP',
    what: 'Whoever reads there answered STOP.',
    todo: 'Reach them another way. They get texts again when they write START to the number ours come from.',
  },
}

/** Delivered of what was sent, as "97 %"; empty where nothing tells, or nothing was sent. */
export function rateOf({ sent, delivered }: Pick<Carrier, 'sent' | 'delivered'>): string {
  return delivered === null || sent === 0 ? '' : `${Math.round((100 * delivered) / sent)} %`
}

/** "twice, last Tue 24 Nov, 3:00 pm" */
export const howOften = (times: number, last: string, zone: string): string => `${times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`}, ${times === 1 ? '' : 'last '}${formatMoment(last, zone)}`
