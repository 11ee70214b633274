import { expect, it } from 'vitest'
import { filterOf, hoursWords } from './words'

it.each([
  [1, '1 hour'],
  [24, '1 day'],
  [36, '36 hours'],
  [168, '7 days'],
])('%i hours are %s', (hours, words) => expect(hoursWords(hours)).toBe(words))

it('shows what is planned unless asked for something else', () => {
  expect(filterOf(new URLSearchParams())).toEqual({ status: 'pending', channel: '' })
  expect(filterOf(new URLSearchParams('status=failed&channel=sms'))).toEqual({ status: 'failed', channel: 'sms' })
  expect(filterOf(new URLSearchParams('status=all'))).toEqual({ status: '', channel: '' })
})
