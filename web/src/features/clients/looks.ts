/** What a client's alerts and status look like: hue, icon and word together. */
import { Accessibility, CircleCheck, CirclePause, DoorOpen, Flower, Pill, Scale, ShieldAlert, StickyNote, type LucideIcon } from 'lucide-react'
import type { Tone } from '@/ui/tones'

export type Look = { tone: Tone; icon: LucideIcon; label: string }
export type AlertKind = 'risk' | 'allergy' | 'legal' | 'access' | 'note'

export const alertLooks: Record<AlertKind, Look & { detail: string }> = {
  risk: { tone: 'red', icon: ShieldAlert, label: 'Risk', detail: 'Danger to the client or to others' },
  allergy: { tone: 'amber', icon: Pill, label: 'Allergy', detail: 'What must not be given or used' },
  legal: { tone: 'violet', icon: Scale, label: 'Legal', detail: 'Court orders, custody, who may be told' },
  access: { tone: 'blue', icon: Accessibility, label: 'Access', detail: 'What makes coming and talking possible' },
  note: { tone: 'grey', icon: StickyNote, label: 'To know', detail: 'Anything else everybody must see' },
}
export const alertKinds: readonly AlertKind[] = ['risk', 'allergy', 'legal', 'access', 'note']

const isAlertKind = (kind: string): kind is AlertKind => kind in alertLooks
export const alertLook = (kind: string): Look => alertLooks[isAlertKind(kind) ? kind : 'note']

const statusLooks: Record<string, Look> = {
  Active: { tone: 'teal', icon: CircleCheck, label: 'Active' },
  Inactive: { tone: 'grey', icon: CirclePause, label: 'Inactive' },
  Discharged: { tone: 'grey', icon: DoorOpen, label: 'Discharged' },
  Deceased: { tone: 'grey', icon: Flower, label: 'Deceased' },
}
export const statusLook = (status: string): Look => statusLooks[status] ?? { tone: 'grey', icon: CircleCheck, label: status }
