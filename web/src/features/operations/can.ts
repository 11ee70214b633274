import type { Schema } from '@/api/schema'

/** mentalspace/people/abilities.py: run_operations; ops/models.py */
export const runsOperations = (me: Pick<Schema<'MeOut'>, 'can'>): boolean => me.can.includes('run_operations')
