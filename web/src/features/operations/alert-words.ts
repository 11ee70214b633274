import { BellRing, CircleCheck, CircleX, Hand, Megaphone, RotateCcw, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { formatMinutes } from '@/lib/dates'
import type { Tone } from '@/ui/tones'

export type SystemAlert = Schema<'SystemAlertOut'>
export type AlertLine = Schema<'AlertLineOut'>
export type AlertRule = Schema<'SystemAlertRuleOut'>
export type AlertRules = Schema<'SystemAlertRulesOut'>
export type RuleValues = Schema<'SystemAlertRuleIn'>
export type Step = Schema<'AlertStepOut'>
export type Channel = AlertLine['channels'][number]
export type Severity = SystemAlert['severity']

type Look = { tone: Tone; icon: LucideIcon; label: string }

export const severities: Record<Severity, Look> = {
  critical: { tone: 'red', icon: CircleX, label: 'Critical' },
  warning: { tone: 'amber', icon: TriangleAlert, label: 'Warning' },
}
export const stages: Record<SystemAlert['stage'], Look> = {
  open: { tone: 'red', icon: BellRing, label: 'Nobody’s yet' },
  acknowledged: { tone: 'blue', icon: Hand, label: 'Taken on' },
  resolved: { tone: 'green', icon: CircleCheck, label: 'Over' },
}
export const channels: Record<Channel, string> = { in_product: 'Bell', email: 'E-mail', sms: 'Text message', webhook: 'Webhook' }
export const roles: Record<Step['roles'][number], string> = { administrator: 'Administrators' }
export const conditions: Record<AlertRule['condition'], { check: string; metric: string }> = {
  bad: { check: 'is not good', metric: 'is beyond its critical line' },
  attention: { check: 'wants a look, or is not good', metric: 'misses its target' },
  unknown: { check: 'cannot be made', metric: 'is not measured' },
}
const happenings: Record<AlertLine['happened'], { icon: LucideIcon; said: string }> = {
  opened: { icon: BellRing, said: 'Opened' },
  escalated: { icon: Megaphone, said: 'Nobody had taken it on' },
  acknowledged: { icon: Hand, said: 'took it on' },
  reopened: { icon: RotateCcw, said: 'Came back' },
  resolved: { icon: CircleCheck, said: 'Over' },
}

export const listed = (some: readonly string[]): string => new Intl.ListFormat('en-US').format(some)

/** A line of an alert's history: "Opened. Told: Ada Ruiz, by bell and e-mail." */
export function lineWords({ happened, person, people, channels: by, note }: AlertLine): string {
  const said = happened === 'acknowledged' ? `${person ?? 'Somebody'} ${happenings.acknowledged.said}` : happenings[happened].said
  const used = by.map((one) => channels[one].toLowerCase())
  const told = people.length > 0 ? ` Told: ${listed(people)}${used.length > 0 ? `, by ${listed(used)}` : ''}.` : used.length > 0 ? ` Told by ${listed(used)}.` : ''
  return `${said}.${told}${note ? ` ${happened === 'acknowledged' ? `“${note}”` : note}` : ''}`
}

export const lineIcon = ({ happened }: AlertLine): LucideIcon => happenings[happened].icon

/** Everybody who was told of it. */
export const toldOf = ({ history }: SystemAlert): string[] => [...new Set(history.filter(({ happened }) => happened !== 'resolved').flatMap(({ people }) => people))]

/** What a rule looks at, as a sentence. */
export function ruleWords({ kind, subject, condition, hold_minutes }: AlertRule, { checks, metrics }: Pick<AlertRules, 'checks' | 'metrics'>): string {
  const title = [...checks, ...metrics].find(({ key }) => key === subject)?.title
  const what = subject ? `${kind === 'check' ? 'The check' : 'The metric'} “${title ?? subject}”` : kind === 'check' ? 'Any check' : 'Any metric'
  return `${what} ${conditions[condition][kind]}${hold_minutes > 0 ? ` for ${formatMinutes(hold_minutes)}` : ''}.`
}

/** Whom a step may name: only who runs operations sees an alert and can take it on. */
export const ableStaff = (staff: readonly Schema<'StaffOut'>[]): Schema<'StaffOut'>[] => staff.filter((one) => one.roles.some((role) => role in roles))

/** Who is told, in order: "At once administrators; after 30 min administrators." */
export function stepWords(steps: readonly Step[], names: ReadonlyMap<string, string>): string {
  const words = steps.map(({ minutes, roles: some, people }, place) => {
    const who = [...some.map((role) => roles[role].toLowerCase()), ...people.map((person) => names.get(person) ?? 'somebody who left')]
    return `${place === 0 ? 'at once' : `after ${formatMinutes(minutes)}`} ${listed(who)}`
  })
  const all = words.join('; ')
  return `Told ${all}.`
}

export const blankRule: RuleValues = { name: '', kind: 'check', subject: '', condition: 'bad', severity: 'warning', hold_minutes: 5, clear_minutes: 10, channels: ['in_product', 'email'], steps: [{ minutes: 0, roles: ['administrator'], people: [] }], is_active: true }

export function valuesOf(rule: AlertRule): RuleValues {
  const { name, kind, subject, condition, severity, hold_minutes, clear_minutes, channels: by, steps, is_active } = rule
  return { name, kind, subject, condition, severity, hold_minutes, clear_minutes, channels: by, steps, is_active }
}
