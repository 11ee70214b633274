import { Activity, BellRing, CalendarDays, Clipboard, HardDrive, LibraryBig, Mails, ScrollText, ShieldCheck, Sun, UserCog, UsersRound, type LucideIcon } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { paths } from '@/lib/paths'

export type Area = { id: string; label: string; icon: LucideIcon; href: string; keys: string }

const areas: readonly (Area & { need?: string; /** Who may do this has another door to the same. */ unless?: string })[] = [
  { id: 'today', label: 'Today', icon: Sun, href: paths.today(), keys: 'g t' },
  { id: 'calendar', label: 'Calendar', icon: CalendarDays, href: paths.calendar(), keys: 'g c', need: 'see_schedule' },
  { id: 'clients', label: 'Clients', icon: UsersRound, href: paths.clients(), keys: 'g l', need: 'see_clients' },
  { id: 'reminders', label: 'Reminders', icon: BellRing, href: paths.reminders(), keys: 'g r', need: 'see_reminders' },
  { id: 'forms', label: 'Forms', icon: Clipboard, href: paths.forms(), keys: 'g f', need: 'see_clients' },
  { id: 'library', label: 'Library', icon: LibraryBig, href: paths.library(), keys: 'g b' },
  { id: 'people', label: 'People', icon: UserCog, href: paths.people(), keys: 'g p', need: 'administer_people' },
  { id: 'messages', label: 'Messages', icon: Mails, href: paths.messages(), keys: 'g m', need: 'run_outbox' },
  { id: 'stops', label: 'Messages', icon: Mails, href: paths.stoppedAddresses(), keys: 'g m', need: 'lift_stops', unless: 'run_outbox' },
  { id: 'security', label: 'Security', icon: ShieldCheck, href: paths.security(), keys: 'g s', need: 'oversee' },
  { id: 'storage', label: 'Storage', icon: HardDrive, href: paths.storage(), keys: 'g o', need: 'keep_storage' },
  { id: 'operations', label: 'Operations', icon: Activity, href: paths.operations(), keys: 'g h', need: 'run_operations' },
  { id: 'audit', label: 'Audit trail', icon: ScrollText, href: paths.audit(), keys: 'g a', need: 'oversee' },
]

/** The doors this person has, in the rail's order; nobody sees one they may not open. */
export const areasFor = (me: Pick<Schema<'MeOut'>, 'can'>): Area[] => areas.filter(({ need, unless }) => (need === undefined || me.can.includes(need)) && !(unless !== undefined && me.can.includes(unless)))

/** Who opens a chart by emergency access, and who reviews it. mentalspace/people/abilities.py */
export const hasEmergencyPage = (me: Pick<Schema<'MeOut'>, 'can'>): boolean => me.can.includes('break_glass') || me.can.includes('review_emergency_access')
