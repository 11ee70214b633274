/** The steps of a session's life, and which of them is the one to offer first. Mirrors mentalspace/scheduling/rules.py TRANSITIONS. */
import type { Schema } from '@/api/schema'
import { localDate } from '@/lib/dates'
import { writesNoteOf } from './can'
import type { Appointment, Status } from './status'

export type Step = 'confirm' | 'check_in' | 'start' | 'end' | 'no_show' | 'undo_check_in' | 'undo_no_show'
export type Next = Extract<Step, 'check_in' | 'start' | 'end'> | 'write_note' | 'open_note'

export const stepWords: Record<Step | Next, string> = {
  confirm: 'Confirm',
  check_in: 'Check in',
  start: 'Start session',
  end: 'End session',
  no_show: 'Mark as no-show',
  undo_check_in: 'Undo check-in',
  undo_no_show: 'Undo no-show',
  write_note: 'Write note',
  open_note: 'Open note',
}

const possible: Record<Status, readonly Step[]> = {
  Scheduled: ['confirm', 'check_in', 'start', 'end', 'no_show'],
  Confirmed: ['check_in', 'start', 'end', 'no_show'],
  'Checked In': ['start', 'end', 'undo_check_in'],
  'In Session': ['end'],
  Completed: [],
  'No Show': ['undo_no_show'],
  Cancelled: [],
  Rescheduled: [],
}

export const stepsOf = ({ status }: Pick<Appointment, 'status'>): readonly Step[] => possible[status]

type Context = { me: Pick<Schema<'MeOut'>, 'id' | 'can'>; zone: string; today: string }

/** The one button of a session: what happens next in the ordinary course of a day; null when nothing is this person's to do. */
export function nextStep(appointment: Appointment, { me, zone, today }: Context): Next | null {
  const isMine = writesNoteOf(me, appointment)
  if (appointment.note_id) return 'open_note'
  if (appointment.status === 'Completed') return isMine ? 'write_note' : null
  if (!appointment.may_change) return null
  const day = localDate(appointment.starts_at, zone)
  if (appointment.status === 'In Session') return 'end'
  if (day > today) return null
  if (appointment.status === 'Checked In') return isMine || day < today ? 'start' : null
  if (appointment.status !== 'Scheduled' && appointment.status !== 'Confirmed') return null
  if (day === today) return 'check_in'
  return isMine ? 'write_note' : null
}

/** Ending a session is final: a press that follows the start at once is more likely a slip. */
export const isJustStarted = ({ actual_started_at }: Pick<Appointment, 'actual_started_at'>, now: number): boolean => actual_started_at !== null && now - Date.parse(actual_started_at) < 60_000
