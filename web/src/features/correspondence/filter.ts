/** What the outbox shows, and how that stands in its address. */
import type { Channel, MessageRow } from './queries'

export type State = MessageRow['state']
export type OutboxFilter = { state: State | ''; channel: Channel | '' }

export const states: readonly State[] = ['waiting', 'failed', 'sent', 'called_off']
export const stateWords: Record<State, string> = { waiting: 'Waiting', failed: 'Failed', sent: 'Sent', called_off: 'Called off' }
export const channelWords: Record<Channel, string> = { Email: 'E-mail', SMS: 'Text message' }

/** The same, of all there are. */
export const channelTitles: Record<Channel, string> = { Email: 'E-mail', SMS: 'Text messages' }

const isState = (text: string | null): text is State => states.some((state) => state === text)
const isChannel = (text: string | null): text is Channel => text !== null && Object.hasOwn(channelWords, text)

export function filterOf(address: URLSearchParams): OutboxFilter {
  const [state, channel] = [address.get('state'), address.get('channel')]
  return { state: isState(state) ? state : '', channel: isChannel(channel) ? channel : '' }
}

/** The address with the filter changed; what is not asked for is left out of it. */
export function withFilter(address: URLSearchParams, change: Partial<OutboxFilter>): URLSearchParams {
  const next = new URLSearchParams(address)
  for (const [name, value] of Object.entries(change)) {
    if (value === '') next.delete(name)
    else next.set(name, value)
  }
  return next
}

export const isEverything = ({ state, channel }: OutboxFilter): boolean => state === '' && channel === ''
