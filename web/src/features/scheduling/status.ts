/** What a session's status, its note and its clinician look like: always hue, icon and word together. */
import { Ban, CalendarCheck, CalendarClock, CalendarSync, CircleCheck, DoorOpen, FileCheck, FilePen, FilePlus, MessagesSquare, UserX, type LucideIcon } from 'lucide-react'
import type { Schema } from '@/api/schema'
import type { Tone } from '@/ui/tones'

export type Appointment = Schema<'AppointmentOut'>
export type Status = Appointment['status']
export type Look = { tone: Tone; icon: LucideIcon; label: string }

export const statusLook: Record<Status, Look> = {
  Scheduled: { tone: 'blue', icon: CalendarClock, label: 'Scheduled' },
  Confirmed: { tone: 'teal', icon: CalendarCheck, label: 'Confirmed' },
  'Checked In': { tone: 'amber', icon: DoorOpen, label: 'Checked in' },
  'In Session': { tone: 'violet', icon: MessagesSquare, label: 'In session' },
  Completed: { tone: 'green', icon: CircleCheck, label: 'Completed' },
  'No Show': { tone: 'red', icon: UserX, label: 'No-show' },
  Cancelled: { tone: 'grey', icon: Ban, label: 'Cancelled' },
  Rescheduled: { tone: 'grey', icon: CalendarSync, label: 'Rescheduled' },
}

/** Its time is free again. */
export const isOff = ({ status }: Pick<Appointment, 'status'>): boolean => status === 'Cancelled' || status === 'Rescheduled'
const tookPlace = ({ status }: Pick<Appointment, 'status'>): boolean => status === 'Completed' || status === 'In Session'

/** The note of a session. That one is missing is told only to whose it is to write: to others an unseen note looks the same. */
export function noteLook(appointment: Pick<Appointment, 'note_state' | 'status'>, isMine: boolean): Look | null {
  if (appointment.note_state === 'signed') return { tone: 'green', icon: FileCheck, label: 'Note signed' }
  if (appointment.note_state === 'draft') return { tone: 'amber', icon: FilePen, label: 'Note in draft' }
  return isMine && tookPlace(appointment) ? { tone: 'pink', icon: FilePlus, label: 'Note to write' } : null
}

const clinicianTones: readonly Tone[] = ['teal', 'violet', 'amber', 'blue', 'pink', 'green', 'red']
export const clinicianTone = (colour: number): Tone => clinicianTones[Math.abs(colour) % clinicianTones.length] ?? 'teal'
