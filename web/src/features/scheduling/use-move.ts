import { useState } from 'react'
import { asApiError } from '@/api/errors'
import { useMe } from '@/api/me'
import { invalidate, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatSession } from '@/lib/dates'
import { toast } from '@/ui/toast-queue'
import { conflictOf, type Conflict } from './conflict'
import type { Appointment } from './status'
import { needsScope, toTell, undoOf, type Change, type Scope } from './undo'
import { sessionReads } from './use-steps'
import { sameTimes, type Times } from './wall-clock'

/** Sessions of a series that were left out, and what was done with the others. */
export type Skipped = { done: number; skipped: Schema<'SkippedOut'>[]; verb: 'booked' | 'moved' | 'changed' | 'cancelled' }

/**
 * Moving and resizing: the session stands at its new place at once, the server is asked, and Undo takes it back. A series
 * asks first how many are meant; a time that is taken leaves the session where it was and offers others.
 */
export function useMove() {
  const zone = useMe().practice.timezone
  const [shown, setShown] = useState<ReadonlyMap<string, Times>>(new Map())
  const [asking, setAsking] = useState<Omit<Change, 'scope'> | null>(null)
  const [refused, setRefused] = useState<(Change & { conflict: Conflict }) | null>(null)
  const [skipped, setSkipped] = useState<Skipped | null>(null)
  const change = useApiMutation('patch', '/api/appointments/{appointment_id}', { invalidates: sessionReads })

  const show = (id: string, times: Times | null) =>
    setShown((before) => {
      const after = new Map(before)
      if (times) after.set(id, times)
      else after.delete(id)
      return after
    })

  const save = async ({ appointment, times, scope }: Change, isUndo = false): Promise<void> => {
    show(appointment.id, times)
    try {
      const answer = await change.mutateAsync({ params: { path: { appointment_id: appointment.id } }, body: { version: appointment.version, scope, ...times } })
      const back = isUndo ? null : undoOf(appointment, answer, scope)
      const several = answer.booked > 1 ? `${answer.booked} sessions moved` : `${isUndo ? 'Back at' : 'Moved to'} ${formatSession(times.starts_at, times.ends_at, zone)}`
      toast({ message: several, ...(back && { undo: () => void save(back, true) }) })
      const left = toTell(answer.skipped)
      if (left.length > 0) setSkipped({ done: answer.booked, skipped: left, verb: 'moved' })
    } catch (thrown) {
      const conflict = conflictOf(thrown)
      if (conflict) return setRefused({ appointment, times, scope, conflict })
      toast({ message: `Not moved: ${asApiError(thrown).detail}`, tone: 'danger' })
      void invalidate(...sessionReads)
    } finally {
      show(appointment.id, null)
    }
  }

  return {
    /** Where sessions stand while the server is being asked, or the person is. */
    shown,
    asking,
    refused,
    skipped,
    setSkipped,
    propose: (appointment: Appointment, times: Times) => {
      if (sameTimes(appointment, times)) return
      if (!needsScope(appointment)) return void save({ appointment, times, scope: 'this' })
      show(appointment.id, times)
      setAsking({ appointment, times })
    },
    answer: (scope: Scope | null) => {
      if (!asking) return
      setAsking(null)
      if (scope) void save({ ...asking, scope })
      else show(asking.appointment.id, null)
    },
    retry: (times: Times | null) => {
      setRefused(null)
      if (refused && times) void save({ ...refused, times })
    },
  }
}

export type Moves = ReturnType<typeof useMove>
