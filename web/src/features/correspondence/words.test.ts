import { expect, test } from 'vitest'
import { failed, message } from './test-data'
import { howOften, isOnItsWay, lookOf, problemOf, rateOf, sentenceOf, timeOf } from './words'

const zone = 'America/New_York'
const now = new Date('2026-11-23T15:00:00Z')
const waiting = { ...message, state: 'waiting', sent_at: null, attempts: 0, next_attempt_at: '2026-11-24T20:00:00Z', provider: '' } as const

test.each([
  ['it waits for its time', waiting, 'Waiting', 'goes Tue 24 Nov, 3:00 pm', 'It waits for its time and goes Tue 24 Nov, 3:00 pm.'],
  ['its time has come', { ...waiting, next_attempt_at: '2026-11-23T14:59:59Z' }, 'On its way', '', 'It goes within a minute.'],
  ['it is being sent', { ...waiting, attempts: 1, next_attempt_at: '2026-11-23T15:05:00Z' }, 'On its way', '', 'It is being sent.'],
  ['it did not work yet', { ...waiting, attempts: 3, problem: 'Busy.', next_attempt_at: '2026-11-23T15:20:00Z' }, 'Trying again', 'next attempt in 20 min', '3 attempts so far; the next is in 20 min.'],
  ['it was given up', failed, 'Failed', '', 'Given up after 12 attempts. It goes nowhere until you try again.'],
  ['it was called off', { ...waiting, state: 'called_off', cancelled_at: '2026-11-23T14:30:00Z' } as const, 'Called off', '', 'Called off 30 min ago. It was not sent and never will be.'],
  ['it went', message, 'Sent', '', 'Resend took it 1 h ago.'],
  ['it went later', { ...message, created_at: '2026-11-23T13:00:00Z' }, 'Sent', '1 h ago', 'Resend took it 1 h ago.'],
  ['the folder has it', { ...message, provider: 'folder' }, 'Sent, kept here', '', 'Put into this installation’s own outbox; it reached nobody. That was 1 h ago.'],
  ['it arrived', { ...message, delivery_status: 'delivered', delivery_status_at: '2026-11-23T14:30:00Z' }, 'Delivered', '', 'Resend took it 1 h ago. The reader’s provider has it since 30 min ago.'],
  ['it was opened', { ...message, delivery_status: 'delivered', delivery_status_at: '2026-11-23T14:30:00Z', opened: true, opened_date: '2026-11-23T14:50:00Z' }, 'Opened', '', 'Resend took it 1 h ago. The reader’s provider has it since 30 min ago. It was opened 10 min ago.'],
  ['it came back', { ...message, delivery_status: 'bounced', delivery_status_at: '2026-11-23T14:30:00Z' }, 'Came back', '', 'Resend took it 1 h ago. It came back 30 min ago.'],
  ['opened and then unwanted', { ...message, delivery_status: 'complained', delivery_status_at: '2026-11-23T14:30:00Z', opened: true }, 'Unwanted', '', 'Resend took it 1 h ago. The reader reported it as unwanted 30 min ago.'],
] as const)('says how a message fares: %s', (_, given, label, time, sentence) => {
  expect(lookOf(given, now).label).toBe(label)
  expect(timeOf(given, zone, now)).toBe(time)
  expect(sentenceOf(given, zone, now)).toBe(sentence)
})

test('only what is on its way is worth looking at again in a moment', () => {
  expect(isOnItsWay(waiting, now)).toBe(false)
  expect(isOnItsWay({ ...waiting, next_attempt_at: '2026-11-23T14:59:00Z' }, now)).toBe(true)
  expect(isOnItsWay(failed, now)).toBe(false)
})

test.each([
  ['Resend does not know this key. (Resend: 401 API key is invalid)', 'Resend does not know this key.', 'Resend: 401 API key is invalid'],
  ['Twilio did not take it. (Twilio: 400 21614 Bad (really))', 'Twilio did not take it.', 'Twilio: 400 21614 Bad (really)'],
  ['ConnectionRefusedError: nobody listens (there)', 'ConnectionRefusedError: nobody listens (there)', ''],
])('keeps our words apart from the provider’s: %s', (problem, plain, said) => {
  expect(problemOf(problem)).toEqual({ plain, said })
})

test('a rate is told only where something tells of deliveries', () => {
  expect(rateOf({ sent: 40, delivered: 39 })).toBe('98 %')
  expect(rateOf({ sent: 0, delivered: 0 })).toBe('')
  expect(rateOf({ sent: 40, delivered: null })).toBe('')
})

test('how often something went wrong', () => {
  expect([1, 2, 9].map((times) => howOften(times, '2026-11-23T14:00:00Z', zone).replace(/ \d{4}/, ''))).toEqual(['once, Mon 23 Nov, 9:00 am', 'twice, last Mon 23 Nov, 9:00 am', '9 times, last Mon 23 Nov, 9:00 am'])
})
