import { describe, expect, test } from 'vitest'
import { addDays, ageOn, formatDay, formatMinutes, formatNear, formatPlainDate, formatSession, formatSpan, formatTimes, localDate, localTime, minutesBetween, mondayOf, toInstant, zoneNote } from './dates'

const newYork = 'America/New_York'
const now = new Date('2026-11-23T15:00:00Z')

describe('a session is read on the practice\'s clock', () => {
  test.each([
    ['2026-11-24T20:00:00Z', '2026-11-24T20:50:00Z', newYork, 'Tue 24 Nov, 3:00 – 3:50 pm'],
    ['2026-11-24T16:30:00Z', '2026-11-24T17:20:00Z', newYork, 'Tue 24 Nov, 11:30 am – 12:20 pm'],
    ['2027-01-05T05:00:00Z', '2027-01-05T05:50:00Z', newYork, 'Tue 5 Jan 2027, 12:00 – 12:50 am'],
    ['2026-11-24T20:00:00+00:00', '2026-11-24T20:50:00+00:00', 'Europe/Berlin', 'Tue 24 Nov, 9:00 – 9:50 pm'],
  ])('%s', (start, end, zone, words) => expect(formatSession(start, end, zone, now)).toBe(words))
})

describe('the clocks change', () => {
  test('weekly 3 pm stays 3 pm: a day less an hour in March, a day and an hour in November', () => {
    expect(toInstant('2026-03-07', '15:00', newYork)).toBe('2026-03-07T20:00:00.000Z')
    expect(toInstant('2026-03-08', '15:00', newYork)).toBe('2026-03-08T19:00:00.000Z')
    expect(toInstant('2026-11-01', '15:00', newYork)).toBe('2026-11-01T20:00:00.000Z')
  })
  test('an hour that does not exist means the one after it; an hour that comes twice means the first', () => {
    expect(localTime(toInstant('2026-03-08', '02:30', newYork), newYork)).toBe('03:30')
    expect(toInstant('2026-11-01', '01:30', newYork)).toBe('2026-11-01T05:30:00.000Z')
  })
  test('a session over the change lasts as long as it lasts', () => {
    expect(minutesBetween('2026-03-08T06:30:00Z', '2026-03-08T07:30:00Z')).toBe(60)
    expect(formatTimes('2026-03-08T06:30:00Z', '2026-03-08T07:30:00Z', newYork)).toBe('1:30 – 3:30 am')
  })
  test('days and weeks are counted on the calendar', () => {
    expect(addDays('2026-03-07', 7)).toBe('2026-03-14')
    expect(mondayOf('2026-11-29')).toBe('2026-11-23')
    expect(mondayOf('2026-11-23')).toBe('2026-11-23')
  })
})

test('the same instant is another day elsewhere', () => {
  expect(localDate('2026-11-24T03:00:00Z', newYork)).toBe('2026-11-23')
  expect(localDate('2026-11-24T03:00:00Z', 'Asia/Tokyo')).toBe('2026-11-24')
})

test('days carry their year only when it is not this one', () => {
  expect(formatDay('2026-01-02', newYork, now)).toBe('Fri 2 Jan')
  expect(formatDay('2025-12-31', newYork, now)).toBe('Wed 31 Dec 2025')
  expect(formatPlainDate('1991-04-12')).toBe('12 Apr 1991')
  expect(formatSpan('2026-11-23', '2026-11-29')).toBe('23 – 29 November 2026')
  expect(formatSpan('2026-11-30', '2026-12-06')).toBe('30 Nov – 6 Dec 2026')
  expect(formatSpan('2026-12-28', '2027-01-03')).toBe('28 Dec 2026 – 3 Jan 2027')
})

test.each([
  ['2026-11-23T15:20:00Z', 'in 20 min'],
  ['2026-11-23T15:00:10Z', 'now'],
  ['2026-11-23T14:55:00Z', '5 min ago'],
  ['2026-11-23T13:00:00Z', '2 h ago'],
  ['2026-11-23T20:00:00Z', 'today, 3:00 pm'],
  ['2026-11-24T04:30:00Z', 'today, 11:30 pm'],
  ['2026-11-24T05:30:00Z', 'Tue 24 Nov, 12:30 am'],
])('relative only within the day: %s is "%s"', (instant, words) => expect(formatNear(instant, newYork, now)).toBe(words))

test('age counts birthdays', () => {
  expect(ageOn('1991-11-24', '2026-11-23')).toBe(34)
  expect(ageOn('1991-11-23', '2026-11-23')).toBe(35)
  expect(ageOn('2008-02-29', '2026-02-28')).toBe(17)
})

test('lengths', () => expect([50, 60, 80].map(formatMinutes)).toEqual(['50 min', '1 h', '1 h 20 min']))

test('the zone is named only when this device\'s clock differs', () => {
  const instant = '2026-11-24T20:00:00Z'
  expect(zoneNote(newYork, instant, 'America/Toronto')).toBeNull()
  expect(zoneNote(newYork, instant, 'America/Chicago')).toBe('Eastern Standard Time')
})
