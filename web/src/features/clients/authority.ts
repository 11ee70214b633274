/** The words for who acts for a client, and how such an authority stands. */
import { Ban, Cake, CalendarClock, CircleCheck, ShieldQuestion } from 'lucide-react'
import type { Schema } from '@/api/schema'
import type { Look } from '@/lib/looks'

export type Guardian = Schema<'GuardianOut'>

export const relations: Record<Guardian['relationship'], string> = {
  parent: 'Parent',
  foster_parent: 'Foster parent',
  custodial_grandparent: 'Grandparent with custody',
  legal_guardian: 'Legal guardian',
  health_care_proxy: 'Health care proxy',
}

export const permissions = [
  { id: 'can_view_record', label: 'See the record', short: 'sees the record' },
  { id: 'can_schedule', label: 'See and arrange sessions', short: 'arranges sessions' },
  { id: 'can_message', label: 'Write to the practice', short: 'writes to the practice' },
  { id: 'can_sign', label: 'Sign and consent', short: 'signs' },
  { id: 'can_pay', label: 'See bills and pay', short: 'pays' },
] as const

export const authorityLooks: Record<Guardian['state'], Look> = {
  in_force: { tone: 'green', icon: CircleCheck, label: 'In force' },
  unverified: { tone: 'amber', icon: ShieldQuestion, label: 'Not verified' },
  to_come: { tone: 'blue', icon: CalendarClock, label: 'To come' },
  ended: { tone: 'grey', icon: Ban, label: 'Ended' },
  of_age: { tone: 'grey', icon: Cake, label: 'Client is of age' },
}

/** Still to be kept up: an ended authority stays as it was. */
export const isStanding = ({ state }: Guardian): boolean => state !== 'ended'
