/** The providers one may connect, channel by channel, and what is to be known about each. */
import type { Carrier, Channel } from './queries'

export type Provider = 'resend' | 'twilio'

export const providerOf = { Email: 'resend', SMS: 'twilio' } as const satisfies Record<Channel, Provider>
export const providerNames: Record<Provider, string> = { resend: 'Resend', twilio: 'Twilio' }

export const isConnected = ({ provider }: Pick<Carrier, 'provider'>): boolean => provider === 'resend' || provider === 'twilio'

/** Who carries a channel, in a sentence. */
export const carriedBy: Record<Carrier['provider'], string> = {
  resend: 'Resend carries it, with the practice’s own account.',
  twilio: 'Twilio carries them, with the practice’s own account.',
  smtp: 'The mail server of this installation carries it.',
  folder: 'Nothing leaves this installation: messages are kept in its outbox. Connect a provider to send them.',
}

/** What to do with the address that a provider tells us by. */
export const webhookWords: Record<Provider, string> = {
  resend: 'At Resend, under Webhooks, add this address for the events sent, delivered, delayed, bounced, complained, opened and clicked. What Resend calls its signing secret belongs into the account here. Without it you do not learn what came back.',
  twilio: 'At Twilio, enter this address for incoming messages of your number or messaging service. Without it nobody’s STOP is heard here.',
}

type Entry = { name: string; what: string; how: string }

/** The three entries in a domain's DNS by which mailboxes tell the practice's mail from a forgery. */
export const domainEntries = (domain: string): Entry[] => [
  { name: 'SPF', what: 'says which servers may send mail in your name.', how: `Resend shows the lines under Domains once you have added ${domain} there.` },
  { name: 'DKIM', what: 'is a seal on every message, by which the reader’s mailbox sees that nobody forged it.', how: 'Resend shows its line in the same place, and tells when it has found it.' },
  { name: 'DMARC', what: 'says what to do with mail that fails both, and who is told.', how: `A TXT entry at _dmarc.${domain} that begins with v=DMARC1; p=none is enough to start with.` },
]
