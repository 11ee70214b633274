import { describe, expect, it } from 'vitest'
import { asHours, asText, filterOf, hoursWords } from './words'

describe('hours as they are typed', () => {
  it.each([
    ['24, 1', [24, 1]],
    ['48', [48]],
    ['', []],
    ['a day', null],
    ['0', null],
    ['337', null],
    ['1.5', null],
    ['1 2 3 4 5 6', null],
  ])('%s', (text, hours) => expect(asHours(text)).toEqual(hours))

  it('are written as they are read', () => expect(asHours(asText([72, 24, 1]))).toEqual([72, 24, 1]))
})

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
