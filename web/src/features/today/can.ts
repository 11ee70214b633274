/** What the first page shows to whom; the server decides. */
import type { Schema } from '@/api/schema'

type Me = Pick<Schema<'MeOut'>, 'can'>

/** mentalspace/people/abilities.py: see_schedule. Billing has none. */
export const hasDay = (me: Me): boolean => me.can.includes('see_schedule')
/** mentalspace/people/abilities.py: write_notes */
export const writesNotes = (me: Me): boolean => me.can.includes('write_notes')
/** mentalspace/people/abilities.py: see_everybodys_schedule. Their day is the practice's. */
export const seesEverybody = (me: Me): boolean => me.can.includes('see_everybodys_schedule')
