/** What the calendar offers; the server decides. Each function names the rule it mirrors. */
import type { Schema } from '@/api/schema'

type Me = Pick<Schema<'MeOut'>, 'id' | 'can'>
type Appointment = Schema<'AppointmentOut'>

/** mentalspace/people/abilities.py: see_everybodys_schedule */
export const seesEverybody = (me: Me): boolean => me.can.includes('see_everybodys_schedule')
/** mentalspace/people/abilities.py: book_for_others; scheduling/models.py: Appointment "add" */
export const booksForOthers = (me: Me): boolean => me.can.includes('book_for_others')
/** mentalspace/people/abilities.py: write_notes; a note is written by the clinician whose session it was. */
export const writesNoteOf = (me: Me, appointment: Pick<Appointment, 'clinician_id'>): boolean => me.can.includes('write_notes') && appointment.clinician_id === me.id

/** mentalspace/people/abilities.py: book. Why not, as a sentence. */
export const whyNotBook = (me: Me): string | null => (me.can.includes('book') ? null : 'Your role reads the calendar. Clinicians and the front desk book.')

/** mentalspace/scheduling/models.py: Appointment "change" */
const notYours = 'Only its clinician, the front desk or an administrator changes this session.'

/** mentalspace/scheduling/rules.py: change_problem. What is under way or over keeps its time. */
export function whyNotMove({ may_change, status, note_state }: Pick<Appointment, 'may_change' | 'status' | 'note_state'>): string | null {
  if (!may_change) return notYours
  if (note_state === 'signed') return 'Its note is signed, so its time stays.'
  if (status === 'Scheduled' || status === 'Confirmed') return null
  return status === 'In Session' ? 'The session is under way.' : `A session that is ${status.toLowerCase()} keeps its time.`
}

/** mentalspace/scheduling/rules.py: change_problem. Place and memo can be put right until it is called off. */
export function whyNotEdit({ may_change, status }: Pick<Appointment, 'may_change' | 'status'>): string | null {
  if (!may_change) return notYours
  return status === 'Cancelled' || status === 'Rescheduled' ? `A session that is ${status.toLowerCase()} no longer changes.` : null
}

/** mentalspace/scheduling/rules.py: TRANSITIONS to Cancelled */
export function whyNotCancel({ may_change, status }: Pick<Appointment, 'may_change' | 'status'>): string | null {
  if (!may_change) return notYours
  if (status === 'Cancelled') return 'It is cancelled already.'
  return status === 'Completed' || status === 'Rescheduled' ? `A session that is ${status.toLowerCase()} can no longer be cancelled.` : null
}

export const whyNotStep = ({ may_change }: Pick<Appointment, 'may_change'>): string | null => (may_change ? null : notYours)
