import { describe, expect, test } from 'vitest'
import { lanesOf } from './lanes'
import { nameOf, spanOf, step } from './span'
import { clicked, drawn, movedTo, pieceOf, resizedTo, sameTimes } from './wall-clock'

const zone = 'America/New_York'
/** Tue 3 Nov 2026, 3:00 – 3:50 pm, two days after the clocks went back. */
const session = { starts_at: '2026-11-03T20:00:00Z', ends_at: '2026-11-03T20:50:00Z' }

describe('where sessions stand', () => {
  test('3 pm stands at the same height before and after the clocks change', () => {
    const before = pieceOf({ starts_at: '2026-10-27T19:00:00Z', ends_at: '2026-10-27T19:50:00Z' }, zone)
    const after = pieceOf(session, zone)
    expect(before).toEqual({ day: '2026-10-27', from: 900, to: 950 })
    expect(after).toEqual({ day: '2026-11-03', from: 900, to: 950 })
  })

  test('one that runs past midnight is drawn to the end of its day', () => {
    expect(pieceOf({ starts_at: '2026-11-04T04:30:00Z', ends_at: '2026-11-04T05:30:00Z' }, zone)).toEqual({ day: '2026-11-03', from: 1410, to: 1440 })
  })

  test('the day of the practice, not of this device', () => {
    expect(pieceOf({ starts_at: '2026-11-03T16:00:00Z', ends_at: '2026-11-03T17:00:00Z' }, 'Pacific/Auckland').day).toBe('2026-11-04')
  })
})

describe('drawing, moving, pulling', () => {
  test('a click books the usual length from its quarter hour', () => {
    expect(clicked(607)).toEqual({ from: 600, to: 650 })
    expect(clicked(1435)).toEqual({ from: 1425, to: 1440 })
  })

  test('a drawn length snaps to 5 minutes, either way, and is never shorter than a quarter hour', () => {
    expect(drawn(601, 658)).toEqual({ from: 600, to: 660 })
    expect(drawn(601, 603)).toEqual({ from: 600, to: 615 })
    expect(drawn(661, 602)).toEqual({ from: 600, to: 675 })
  })

  test('moving over the clock change keeps the wall clock and the length', () => {
    expect(movedTo(session, '2026-10-30', 902, zone)).toEqual({ starts_at: '2026-10-30T19:00:00.000Z', ends_at: '2026-10-30T19:50:00.000Z' })
  })

  test('a session cannot be moved out of its day by its lower edge', () => {
    expect(pieceOf(movedTo(session, '2026-11-03', 1439, zone), zone)).toEqual({ day: '2026-11-03', from: 1390, to: 1440 })
  })

  test('pulling the lower edge changes the end only', () => {
    expect(resizedTo(session, 961, zone)).toEqual({ starts_at: '2026-11-03T20:00:00.000Z', ends_at: '2026-11-03T21:00:00.000Z' })
    expect(pieceOf(resizedTo(session, 700, zone), zone)).toMatchObject({ from: 900, to: 915 })
  })

  test('two spellings of one instant are the same time', () => {
    expect(sameTimes(session, { starts_at: '2026-11-03T15:00:00-05:00', ends_at: '2026-11-03T20:50:00.000Z' })).toBe(true)
  })
})

test('overlapping sessions stand side by side; the next one has the width again', () => {
  const lanes = lanesOf([
    { id: 'a', from: 600, to: 660 },
    { id: 'b', from: 630, to: 690 },
    { id: 'c', from: 660, to: 700 },
    { id: 'd', from: 700, to: 750 },
  ])
  expect(Object.fromEntries(lanes)).toEqual({ a: { lane: 0, lanes: 2 }, b: { lane: 1, lanes: 2 }, c: { lane: 0, lanes: 2 }, d: { lane: 0, lanes: 1 } })
})

describe('spans', () => {
  test('the week of the clock change is seven days and 169 hours', () => {
    const { days, start, end } = spanOf('week', '2026-11-01', zone)
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-10-26', '2026-11-01', 7])
    expect((Date.parse(end) - Date.parse(start)) / 3_600_000).toBe(169)
  })

  test('a month is read in whole weeks, within what the server shows at once', () => {
    const { first, last, days } = spanOf('month', '2026-11-15', zone)
    expect([first, last]).toEqual(['2026-10-26', '2026-12-06'])
    expect(days.length % 7).toBe(0)
  })

  test('steps', () => {
    expect(step('day', '2026-12-31', 1)).toBe('2027-01-01')
    expect(step('week', '2026-11-26', -1)).toBe('2026-11-16')
    expect(step('month', '2026-01-31', 1)).toBe('2026-02-01')
    expect(nameOf('month', '2026-11-15', zone)).toBe('November 2026')
    expect(nameOf('week', '2026-11-26', zone)).toBe('23 – 29 November 2026')
  })
})
