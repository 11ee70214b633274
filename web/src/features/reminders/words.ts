/** How reminders are spoken of: hue, icon and word of each state, and what a message is about. */
import { CalendarCheck, CircleCheck, CircleSlash, Clock, OctagonAlert, Send } from 'lucide-react'
import type { Look } from '@/lib/looks'
import type { Filter, Reminder } from './queries'

const looks: Readonly<Record<Reminder['status'], Look>> = {
  pending: { tone: 'blue', icon: Clock, label: 'Planned' },
  sent: { tone: 'green', icon: CircleCheck, label: 'Sent' },
  confirmed: { tone: 'teal', icon: CalendarCheck, label: 'Confirmed' },
  failed: { tone: 'red', icon: OctagonAlert, label: 'Failed' },
  cancelled: { tone: 'grey', icon: CircleSlash, label: 'Not sent' },
}

export const lookOf = (row: Reminder): Look => (row.is_on_its_way ? { tone: 'blue', icon: Send, label: 'On its way' } : looks[row.status])

const states: readonly Filter['status'][] = ['', 'pending', 'sent', 'confirmed', 'failed', 'cancelled']
const channels: readonly Filter['channel'][] = ['', 'email', 'sms']

export const stateOptions = states.map((id) => ({ id: id || 'all', label: id ? looks[id].label : 'All' }))
export const channelOptions = channels.map((id) => ({ id: id || 'all', label: id === 'email' ? 'E-mail' : id === 'sms' ? 'Text message' : 'Both' }))

export function filterOf(address: URLSearchParams): Filter {
  const [status, channel] = [address.get('status') ?? 'pending', address.get('channel') ?? '']
  return { status: states.find((one) => one === status) ?? '', channel: channels.find((one) => one === channel) ?? '' }
}

/** "E-mail, 24 hours before", "Notice of a new time, by text, to the clinician" */
export function whatItIs({ about, reminder_type, hours_before, reader }: Reminder): string {
  const by = reminder_type === 'email' ? 'by e-mail' : 'by text'
  if (about === 'reminder') return `${hoursWords(hours_before)} before, ${by}`
  const notice = { booked: 'Booked', moved: 'New time', cancelled: 'Cancelled' }[about]
  return `${notice}, ${by}${reader === 'clinician' ? ', to the clinician' : ''}`
}

export const hoursWords = (hours: number): string => (hours % 24 === 0 ? `${hours / 24} day${hours === 24 ? '' : 's'}` : `${hours} hour${hours === 1 ? '' : 's'}`)
