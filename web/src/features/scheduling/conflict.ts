import { ApiError } from '@/api/errors'
import { normal } from './wall-clock'

/** mentalspace/scheduling/schemas.py ConflictData, which the API description leaves out as the `data` of a refusal: what the server says when a time is taken: who, and free times near by. */
export type Conflict = { who: 'clinician' | 'client' | 'room'; alternatives: string[] }

const isWho = (value: unknown): value is Conflict['who'] => value === 'clinician' || value === 'client' || value === 'room'

/** The conflict a refusal tells of; null when it was refused for another reason. */
export function conflictOf(error: unknown): Conflict | null {
  if (!(error instanceof ApiError) || error.code !== 'double_booked') return null
  const { who, alternatives } = error.data
  return {
    who: isWho(who) ? who : 'clinician',
    alternatives: Array.isArray(alternatives) ? alternatives.filter((one): one is string => typeof one === 'string' && !Number.isNaN(Date.parse(one))).map(normal) : [],
  }
}
