import type { Schema } from '@/api/schema'
import type { Category } from './words'

type Me = Pick<Schema<'MeOut'>, 'id' | 'can'>

/** mentalspace/people/abilities.py: keep_forms */
export const keepsForms = (me: Me): boolean => me.can.includes('keep_forms')

const administrative: readonly Category[] = ['intake', 'insurance', 'feedback', 'administrative']

/** mentalspace/forms/actions.py: _may_give. The front desk gives the administrative ones. */
export const mayGive = (me: Me, category: Category): boolean => me.can.includes('assign_forms') && (me.can.includes('give_clinical_forms') || administrative.includes(category))

/** mentalspace/forms/consents/models.py: administrators, and those who treat; not the front desk. */
export const readsConsents = (me: Me): boolean => me.can.includes('read_notes')

/** mentalspace/forms/models.py: FormAssignment "add": the office, and clinicians and associates who treat the client themselves. */
export function whyNotGive(me: Me, client: Pick<Schema<'ClientOut'>, 'care_team'>): string | null {
  if (!me.can.includes('assign_forms')) return 'You read these forms. Those who treat this client, the front desk or an administrator give them.'
  if (me.can.includes('add_client') || client.care_team.some(({ person_id }) => person_id === me.id)) return null
  return 'You are not in this client’s care team.'
}
