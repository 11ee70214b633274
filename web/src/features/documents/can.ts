/** What the documents pages offer; the server decides. `whyNot…` is a sentence, or null when one may. */
import type { Schema } from '@/api/schema'

type Me = Pick<Schema<'MeOut'>, 'id' | 'can'>
type Client = Pick<Schema<'ClientOut'>, 'care_team'>

/** mentalspace/documents/templates/models.py: DocumentTemplate "add change" */
export const keepsTemplates = (me: Pick<Me, 'can'>): boolean => me.can.includes('keep_templates')

/** mentalspace/documents/signing/models.py: SignatureRequest "read". Billing has none. */
export const seesSignatures = (me: Pick<Me, 'can'>): boolean => me.can.includes('see_schedule')

/** mentalspace/documents/models.py: ClientDocument "add change": the office, and clinicians and associates who treat the client themselves. */
export function whyNotKeep(me: Me, client: Client): string | null {
  if (!me.can.includes('add_documents')) return 'You read these documents. Those who treat this client, the front desk or an administrator add them.'
  if (me.can.includes('add_client') || client.care_team.some(({ person_id }) => person_id === me.id)) return null
  return 'You are not in this client’s care team.'
}
