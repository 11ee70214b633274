import type { Schema } from '@/api/schema'

/** mentalspace/people/abilities.py: administer_people */
export const administersPeople = (me: Pick<Schema<'MeOut'>, 'can'>): boolean => me.can.includes('administer_people')
