import { expect, test } from 'vitest'
import { ApiError } from '@/api/errors'
import { whyNotCancel, whyNotEdit, whyNotMove } from './can'
import { shaded, staffWeekColumns, weekColumns, workingHours, place, visible } from './columns'
import { conflictOf } from './conflict'
import { nextStep, stepsOf, isJustStarted } from './steps'
import { anAppointment, clinician, frontDesk, zone } from './test-data'
import { needsScope, toTell, undoOf } from './undo'

const on = (day: string, me = clinician) => ({ me, zone, today: day })

test('the ordinary course of a day: check in, start, end, write, finish', () => {
  const day = '2026-11-24'
  expect(nextStep(anAppointment(), on(day))).toBe('check_in')
  expect(nextStep(anAppointment({ status: 'Checked In' }), on(day))).toBe('start')
  expect(nextStep(anAppointment({ status: 'In Session' }), on(day))).toBe('end')
  expect(nextStep(anAppointment({ status: 'Completed' }), on(day))).toBe('write_note')
  expect(nextStep(anAppointment({ status: 'Completed', note_id: 'n1', note_state: 'draft' }), on(day))).toBe('open_note')
})

test('nothing to do before its day; a session nobody ran is written up after it', () => {
  expect(nextStep(anAppointment(), on('2026-11-23'))).toBeNull()
  expect(nextStep(anAppointment(), on('2026-11-25'))).toBe('write_note')
  expect(nextStep(anAppointment({ status: 'Cancelled' }), on('2026-11-24'))).toBeNull()
})

test('the front desk checks in, and leaves session and note to the clinician', () => {
  expect(nextStep(anAppointment(), on('2026-11-24', frontDesk))).toBe('check_in')
  expect(nextStep(anAppointment({ status: 'Checked In' }), on('2026-11-24', frontDesk))).toBeNull()
  expect(nextStep(anAppointment({ status: 'Completed' }), on('2026-11-24', frontDesk))).toBeNull()
})

test('steps follow the server\'s machine', () => {
  expect(stepsOf({ status: 'No Show' })).toEqual(['undo_no_show'])
  expect(stepsOf({ status: 'Completed' })).toEqual([])
})

test('ending at once after the start is asked about', () => {
  const started = { actual_started_at: '2026-11-24T20:00:00Z' }
  expect(isJustStarted(started, Date.parse('2026-11-24T20:00:20Z'))).toBe(true)
  expect(isJustStarted(started, Date.parse('2026-11-24T20:40:00Z'))).toBe(false)
})

test('what is refused says why', () => {
  expect(whyNotMove(anAppointment())).toBeNull()
  expect(whyNotMove(anAppointment({ may_change: false }))).toMatch(/front desk/)
  expect(whyNotMove(anAppointment({ note_state: 'draft' }))).toBeNull()
  expect(whyNotMove(anAppointment({ note_state: 'signed' }))).toMatch(/note/)
  expect(whyNotMove(anAppointment({ status: 'Completed' }))).toMatch(/completed/)
  expect(whyNotEdit(anAppointment({ status: 'In Session' }))).toBeNull()
  expect(whyNotEdit(anAppointment({ status: 'Cancelled' }))).toMatch(/cancelled/)
  expect(whyNotCancel(anAppointment({ status: 'No Show' }))).toBeNull()
})

test('undo takes a move back at the version it made, and not when part of a series stayed behind', () => {
  const before = anAppointment()
  const appointment = anAppointment({ version: 2, starts_at: '2026-11-25T20:00:00Z', ends_at: '2026-11-25T20:50:00Z' })
  expect(undoOf(before, { appointment, skipped: [] }, 'this')).toEqual({ appointment, times: { starts_at: before.starts_at, ends_at: before.ends_at }, scope: 'this' })
  const now = Date.parse('2026-11-24T12:00:00Z')
  const past = { starts_at: '2026-11-17T20:00:00Z', reason: 'it is in the past' }
  const coming = { starts_at: '2026-12-01T20:00:00Z', reason: 'the room is already taken at this time' }
  expect(undoOf(before, { appointment, skipped: [past] }, 'all', now)).not.toBeNull()
  expect(undoOf(before, { appointment, skipped: [past, coming] }, 'all', now)).toBeNull()
  expect(toTell([past, coming], now)).toEqual([coming])
  expect(needsScope({ series_id: null })).toBe(false)
})

test('a conflict is read from the refusal, whatever else it carries', () => {
  const refusal = (data: Record<string, unknown>, code = 'double_booked') => new ApiError({ code, status: 409, title: '', detail: 'Not booked.', fields: {}, data })
  expect(conflictOf(refusal({ who: 'room', alternatives: ['2026-11-24T21:00:00Z', 'nonsense', 7] }))).toEqual({ who: 'room', alternatives: ['2026-11-24T21:00:00.000Z'] })
  expect(conflictOf(refusal({}, 'step_not_possible'))).toBeNull()
  expect(conflictOf(new Error('x'))).toBeNull()
})

test('hours of several people are joined, and the rest of the day is shaded', () => {
  const hours = { a: [{ weekday: 2, starts_at: '09:00', ends_at: '13:00' }], b: [{ weekday: 2, starts_at: '12:00', ends_at: '17:00' }] }
  expect(workingHours(hours, '2026-11-24')).toEqual([{ from: 540, to: 1020 }])
  expect(workingHours(hours, '2026-11-24', 'a')).toEqual([{ from: 540, to: 780 }])
  expect(workingHours(hours, '2026-11-25')).toEqual([])
  expect(workingHours({}, '2026-11-24')).toBeNull()
  expect(shaded([{ from: 540, to: 1020 }])).toEqual([{ from: 0, to: 540 }, { from: 1020, to: 1440 }])
  expect(shaded(null)).toEqual([])
})

test('a week is Monday to Friday unless something is on the weekend', () => {
  const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']
  const none = new Map<string, never>()
  expect(weekColumns(days, place([anAppointment()], clinician, none), {}, zone, '2026-11-24')).toHaveLength(5)
  expect(weekColumns(days, place([anAppointment({ starts_at: '2026-11-28T20:00:00Z', ends_at: '2026-11-28T20:50:00Z' })], clinician, none), {}, zone, '2026-11-24')).toHaveLength(7)
  expect(visible([anAppointment({ status: 'Cancelled' })], false)).toEqual([])
})

test('several people\'s week: a column for each who works or sees somebody that day, in one order', () => {
  const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']
  const staff = [{ id: 'ana', name: 'Ana Maria Reyes', calendar_color: 0 }, { id: 'ben', name: 'Ben Ide', calendar_color: 1 }]
  const hours = { ben: [{ weekday: 2, starts_at: '09:00', ends_at: '13:00' }] }
  const columns = staffWeekColumns(days, place([anAppointment()], clinician, new Map<string, never>()), hours, staff, zone, '2026-11-24')
  expect(columns.map(({ key }) => key)).toEqual(['2026-11-23', '2026-11-24/ana', '2026-11-24/ben', '2026-11-25', '2026-11-26', '2026-11-27'])
  expect(columns[1]).toMatchObject({ title: 'Ana Maria Reyes', mark: { initials: 'AR', tone: 'teal' }, detail: '1 session' })
  expect(columns[1]?.placed).toHaveLength(1)
  expect(columns[2]).toMatchObject({ mark: { initials: 'BI' }, placed: [], hours: [{ from: 540, to: 780 }] })
})
