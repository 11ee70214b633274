/** What the product's states look like and are called, the same wherever they stand: hue, icon and word together. */
import {
  Accessibility, Ban, CalendarCheck, CalendarClock, CalendarSync, CircleCheck, CirclePause, DoorOpen, FileCheck, FilePen, FilePlus, Flower, MessagesSquare, Pill, Scale, ShieldAlert, StickyNote, UserX, type LucideIcon,
} from 'lucide-react'
import type { Tone } from '@/ui/tones'

export type Look = { tone: Tone; icon: LucideIcon; label: string }

/** A session's status, by the server's word for it. */
export const sessionLooks = {
  Scheduled: { tone: 'blue', icon: CalendarClock, label: 'Scheduled' },
  Confirmed: { tone: 'teal', icon: CalendarCheck, label: 'Confirmed' },
  'Checked In': { tone: 'amber', icon: DoorOpen, label: 'Checked in' },
  'In Session': { tone: 'violet', icon: MessagesSquare, label: 'In session' },
  Completed: { tone: 'green', icon: CircleCheck, label: 'Completed' },
  'No Show': { tone: 'red', icon: UserX, label: 'No-show' },
  Cancelled: { tone: 'grey', icon: Ban, label: 'Cancelled' },
  Rescheduled: { tone: 'grey', icon: CalendarSync, label: 'Rescheduled' },
} as const satisfies Record<string, Look>

/** A note's state where the note is meant; `noteOfSessionLooks` where it is the session's. */
export const noteLooks = {
  signed: { tone: 'green', icon: FileCheck, label: 'Signed' },
  draft: { tone: 'amber', icon: FilePen, label: 'Draft' },
} as const satisfies Record<string, Look>

export const noteOfSessionLooks = {
  signed: { ...noteLooks.signed, label: 'Note signed' },
  draft: { ...noteLooks.draft, label: 'Note in draft' },
  missing: { tone: 'pink', icon: FilePlus, label: 'Note to write' },
} as const satisfies Record<string, Look>

/** A client's standing with the practice. */
export const clientLooks = {
  Active: { tone: 'teal', icon: CircleCheck, label: 'Active' },
  Inactive: { tone: 'grey', icon: CirclePause, label: 'Inactive' },
  Discharged: { tone: 'grey', icon: DoorOpen, label: 'Discharged' },
  Deceased: { tone: 'grey', icon: Flower, label: 'Deceased' },
} as const satisfies Record<string, Look>

export const alertLooks = {
  risk: { tone: 'red', icon: ShieldAlert, label: 'Risk' },
  allergy: { tone: 'amber', icon: Pill, label: 'Allergy' },
  legal: { tone: 'violet', icon: Scale, label: 'Legal' },
  access: { tone: 'blue', icon: Accessibility, label: 'Access' },
  note: { tone: 'grey', icon: StickyNote, label: 'To know' },
} as const satisfies Record<string, Look>

const found = (looks: Readonly<Record<string, Look>>, state: string): Look | undefined => (Object.hasOwn(looks, state) ? looks[state] : undefined)
const plain = (state: string): Look => ({ tone: 'grey', icon: CircleCheck, label: state.charAt(0).toUpperCase() + state.slice(1).toLowerCase() })

export const alertLook = (kind: string): Look => found(alertLooks, kind) ?? alertLooks.note
export const clientLook = (status: string): Look => found(clientLooks, status) ?? plain(status)
/** Any state a timeline may name. One that has no look of its own is at least written like the others. */
export const stateLook = (state: string): Look => found(sessionLooks, state) ?? found(noteLooks, state) ?? plain(state)
