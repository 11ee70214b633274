/** What the pages of messages offer; the server decides. */
import type { Schema } from '@/api/schema'

type Me = Pick<Schema<'MeOut'>, 'can'>

/** mentalspace/people/abilities.py: run_outbox; notify/models.py: Notification and ProviderAccount */
export const runsOutbox = (me: Me): boolean => me.can.includes('run_outbox')
/** mentalspace/people/abilities.py: set_rules; correspondence/rules/models.py: NotificationRule */
export const setsRules = (me: Me): boolean => me.can.includes('set_rules')
/** mentalspace/people/abilities.py: lift_stops; notify/models.py: SuppressedAddress "change" */
export const liftsStops = (me: Me): boolean => me.can.includes('lift_stops')
/** mentalspace/people/abilities.py: word_messages; notify/models.py: MessageWording and MailSettings */
export const wordsMessages = (me: Me): boolean => me.can.includes('word_messages')
