import type { Schema } from '@/api/schema'

type Me = Pick<Schema<'MeOut'>, 'can'>

/** mentalspace/people/abilities.py: see_reminders. Clinicians see those of their own appointments. */
export const seesReminders = (me: Me): boolean => me.can.includes('see_reminders')
/** mentalspace/people/abilities.py: set_reminders */
export const setsReminders = (me: Me): boolean => me.can.includes('set_reminders')
/** mentalspace/people/abilities.py: book. What clients answer by a link goes to those who can move the appointment. */
export const seesAnswers = (me: Me): boolean => me.can.includes('book')
