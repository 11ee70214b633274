/** What the audit and security pages offer; the server decides. */
import type { Schema } from '@/api/schema'

/** mentalspace/people/abilities.py: oversee; audit/models.py: AuditLog, SecurityIncident and AlertRule "read" */
export const oversees = (me: Pick<Schema<'MeOut'>, 'can'>): boolean => me.can.includes('oversee')
