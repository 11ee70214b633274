import type { Schema } from '@/api/schema'
import type { Appointment } from './status'
import type { Times } from './wall-clock'

export type Scope = Schema<'AppointmentChange'>['scope']
export type Change = { appointment: Appointment; times: Times; scope: Scope }

/** Left-out sessions worth telling: that the past stays as it was goes without saying. */
export const toTell = (skipped: readonly Skip[], now: number = Date.now()): Skip[] => skipped.filter(({ starts_at }) => Date.parse(starts_at) > now)
type Skip = Schema<'SkippedOut'>

/**
 * The change that takes a move back: the old times, at the version the move made. Null when some coming sessions of a
 * series stayed where they were, because moving them all back would then move those away.
 */
export function undoOf(before: Times, { appointment, skipped }: Pick<Schema<'ChangedOut'>, 'appointment' | 'skipped'>, scope: Scope, now?: number): Change | null {
  if (scope !== 'this' && toTell(skipped, now).length > 0) return null
  return { appointment, times: { starts_at: before.starts_at, ends_at: before.ends_at }, scope }
}

/** A session of a series is moved alone or with others: asked each time. One that stands alone is simply moved. */
export const needsScope = ({ series_id }: Pick<Appointment, 'series_id'>): boolean => series_id !== null
