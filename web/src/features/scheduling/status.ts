/** What a session's status, its note and its clinician look like: always hue, icon and word together. */
import type { Schema } from '@/api/schema'
import { noteOfSessionLooks, sessionLooks, type Look } from '@/lib/looks'
import type { Tone } from '@/ui/tones'

export type Appointment = Schema<'AppointmentOut'>
export type Status = Appointment['status']

export const statusLook: Record<Status, Look> = sessionLooks

/** Its time is free again. */
export const isOff = ({ status }: Pick<Appointment, 'status'>): boolean => status === 'Cancelled' || status === 'Rescheduled'
const tookPlace = ({ status }: Pick<Appointment, 'status'>): boolean => status === 'Completed' || status === 'In Session'

/** The note of a session. That one is missing is told only to whose it is to write: to others an unseen note looks the same. */
export function noteLook(appointment: Pick<Appointment, 'note_state' | 'status'>, isMine: boolean): Look | null {
  if (appointment.note_state === 'signed') return noteOfSessionLooks.signed
  if (appointment.note_state === 'draft') return noteOfSessionLooks.draft
  return isMine && tookPlace(appointment) ? noteOfSessionLooks.missing : null
}

/** Where a session stands as a whole: once it is held, what matters is its note. */
export const standing = (appointment: Appointment, isMine: boolean): Look => (appointment.status === 'Completed' && noteLook(appointment, isMine)) || statusLook[appointment.status]

const clinicianTones: readonly Tone[] = ['teal', 'violet', 'amber', 'blue', 'pink', 'green', 'red']
export const clinicianTone = (colour: number): Tone => clinicianTones[Math.abs(colour) % clinicianTones.length] ?? 'teal'
