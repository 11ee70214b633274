/** What the emergency pages offer; the server decides. Each function names the rule it mirrors. */
import type { Schema } from '@/api/schema'

type Me = Pick<Schema<'MeOut'>, 'can'>

/** mentalspace/people/abilities.py: break_glass; access.break_glass is granted to these audiences alone */
export const breaksGlass = (me: Me): boolean => me.can.includes('break_glass')
/** mentalspace/people/abilities.py: review_emergency_access; clients/break_glass/models.py: "read change" */
export const reviews = (me: Me): boolean => me.can.includes('review_emergency_access')
