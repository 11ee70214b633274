import type { Schema } from '@/api/schema'

/** mentalspace/people/abilities.py: keep_storage; storage/models.py: StorageSettings, StorageRun */
export const keepsStorage = (me: Pick<Schema<'MeOut'>, 'can'>): boolean => me.can.includes('keep_storage')
