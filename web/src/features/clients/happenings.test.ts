import { expect, test } from 'vitest'
import { merge } from './forms/merge'
import { emptyClient } from './forms/client-values'
import { grouped, nearest, type Happening } from './happenings'
import { bandOf, changeOf, inWords, rangeOf } from './measures'

const now = new Date('2026-11-24T12:00:00Z')
const session = (id: string, at: string, status = 'Scheduled'): Happening => ({ id, kind: 'appointment', at, title: 'Session', subtitle: '', status })
const next = session('next', '2026-11-25T15:00:00Z')
const off = session('off', '2026-11-24T15:00:00Z', 'Cancelled')
const last = session('last', '2026-11-17T15:00:00Z', 'Completed')
const older = session('older', '2026-10-31T15:00:00Z', 'Completed')

test('what is to come stands apart, the rest by the practice\'s months', () => {
  const lateOctober = session('late', '2026-11-01T02:00:00Z', 'Completed')
  const { coming, past } = grouped([next, last, lateOctober, older], 'America/New_York', now)
  expect(coming).toEqual([next])
  expect(past.map(({ title, items }) => [title, items.length])).toEqual([['November 2026', 1], ['October 2026', 2]])
})

test('the nearest sessions are those that take place; what one page cannot know stays unknown', () => {
  expect(nearest([next, off, last, older], true, now)).toEqual({ next, last })
  expect(nearest([next], false, now)).toEqual({ next: undefined, last: undefined })
  expect(nearest([off, last], true, now)).toEqual({ next: null, last })
  expect(nearest([], true, now)).toEqual({ next: null, last: null })
})

test('measures in words', () => {
  const one = { instrument: 'PHQ-9', lowest: 20, highest: 20, points: [{ taken_at: '2026-11-01T12:00:00Z', score: 20 }] }
  expect(inWords(one, 'UTC')).toBe('PHQ-9: 20 on 1 Nov 2026')
  expect(changeOf(one)).toBeNull()
  expect([19, 15, 14, 5, 4].map((score) => bandOf('PHQ-9', score))).toEqual(['moderately severe', 'moderately severe', 'moderate', 'mild', 'minimal'])
  expect(bandOf('Sleep diary', 3)).toBeNull()
  expect(rangeOf(one)).toEqual([0, 27])
  expect(rangeOf({ ...one, instrument: 'Sleep diary' })).toEqual([19, 21])
})

test('two people\'s changes come together; only a real clash is left to choose', () => {
  const base = { ...emptyClient, city: 'A', primary_phone: '1', email: 'x@y.z' }
  const mine = { ...base, primary_phone: '2', email: 'same@y.z' }
  const theirs = { ...base, city: 'B', primary_phone: '3', email: 'same@y.z' }
  const { values, taken, clashes } = merge(base, mine, theirs)
  expect(values).toEqual({ ...base, city: 'B', primary_phone: '2', email: 'same@y.z' })
  expect(taken).toEqual(['city'])
  expect(clashes).toEqual([{ name: 'primary_phone', mine: '2', theirs: '3' }])
})
