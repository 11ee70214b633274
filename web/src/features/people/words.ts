/** What roles, accounts and what is wrong with them are called, and how that looks. */
import { BadgeCheck, CircleCheck, Clock, Lock, MailQuestion, ShieldOff, UserRoundX, UserX, type LucideIcon } from 'lucide-react'
import type { Schema } from '@/api/schema'
import type { Look } from '@/lib/looks'

type Row = Schema<'UserRow'>
export type Attention = Row['attention'][number]
export type Role = Schema<'UserIn'>['roles'][number]

export const roles: readonly Role[] = ['administrator', 'supervisor', 'clinician', 'associate', 'billing', 'front_desk']
export const isRole = (role: string): role is Role => roles.some((each) => each === role)

/** What a role lets one do, in a line. mentalspace/people/abilities.py */
export const rolePurposes: Record<Role, string> = {
  administrator: 'Everything in the practice: people, settings, all charts, the audit trail.',
  supervisor: 'Sees the clients and notes of those they supervise. Needs a license in force.',
  clinician: 'Own schedule, own clients, own notes.',
  associate: 'As a clinician, under supervision. Not together with supervisor.',
  billing: 'Charges, claims and payments. Sees no notes.',
  front_desk: 'All clients’ details and everybody’s calendar. Sees no notes.',
}

export const statusLooks = {
  active: { tone: 'teal', icon: CircleCheck, label: 'Active' },
  invited: { tone: 'blue', icon: MailQuestion, label: 'Invited' },
  locked: { tone: 'red', icon: Lock, label: 'Locked' },
  no_account: { tone: 'grey', icon: UserX, label: 'No account' },
  deactivated: { tone: 'grey', icon: UserRoundX, label: 'Deactivated' },
} as const satisfies Record<Row['status'], Look>

type Concern = { label: string; icon: LucideIcon; tone: Look['tone']; /** What it means and what helps. */ sentence: string }

export const concerns: Record<Attention, Concern> = {
  no_role: { label: 'No role', icon: ShieldOff, tone: 'red', sentence: 'Without a role nothing of the product opens for this person.' },
  license_expired: { label: 'License expired', icon: BadgeCheck, tone: 'red', sentence: 'The license on file has run out. Enter the renewed one, or change the roles.' },
  no_supervisor: { label: 'No supervisor', icon: UserRoundX, tone: 'red', sentence: 'An associate works under supervision. Assign a supervisor.' },
  license_missing: { label: 'License missing', icon: BadgeCheck, tone: 'amber', sentence: 'This role needs a license, and none is on file.' },
  license_expiring: { label: 'License expiring', icon: BadgeCheck, tone: 'amber', sentence: 'The license on file runs out within 60 days.' },
  no_second_factor: { label: 'No second factor', icon: ShieldOff, tone: 'amber', sentence: 'The next sign-in asks for one before anything else opens.' },
  stale: { label: 'Unused 90 days', icon: Clock, tone: 'amber', sentence: 'Nobody has signed in with this account for 90 days. Deactivate it if the person no longer needs it.' },
  email_unverified: { label: 'E-mail unconfirmed', icon: MailQuestion, tone: 'grey', sentence: 'The address has not been confirmed yet.' },
}

const factorNames: Record<string, string> = { totp: 'authenticator app', webauthn: 'passkey' }

/** "Authenticator app and passkey"; recovery codes come with either and are not named. */
export function factorWords(factors: readonly string[]): string {
  const names = factors.flatMap((factor) => factorNames[factor] ?? [])
  const text = names.join(' and ')
  return text === '' ? 'None' : text.charAt(0).toUpperCase() + text.slice(1)
}
