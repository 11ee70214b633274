import { BellRing, BookCheck, CheckCheck, CircleCheck, CircleDot, CircleX, Eye, FileArchive, Flame, Hand, Link2, ListTodo, Megaphone, Search, ShieldAlert, Siren, StickyNote, TriangleAlert, UserRoundCheck, type LucideIcon } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { formatMinutes, formatMoment, minutesBetween } from '@/lib/dates'
import type { Tone } from '@/ui/tones'
import { channels, listed } from './alert-words'

export type IncidentRow = Schema<'OperationsIncidentRow'>
export type Incident = Schema<'OperationsIncidentOut'>
export type Line = Incident['lines'][number]
export type ActionItem = Incident['action_items'][number]
export type IncidentLink = Incident['links'][number]
export type IncidentSeverity = IncidentRow['severity']
export type IncidentStatus = IncidentRow['status']
export type IncidentRule = Schema<'IncidentRuleOut'>
export type OnCall = Schema<'OnCallOut'>
export type Breach = Schema<'BreachAssessmentOut'>

type Look = { tone: Tone; icon: LucideIcon; label: string }

export const incidentSeverities: Record<IncidentSeverity, Look & { detail: string; within: string }> = {
  P0: { tone: 'red', icon: Flame, label: 'P0 Critical', detail: 'System down, data breach', within: 'at once' },
  P1: { tone: 'red', icon: CircleX, label: 'P1 High', detail: 'A major feature broken', within: 'within an hour' },
  P2: { tone: 'amber', icon: TriangleAlert, label: 'P2 Medium', detail: 'A minor feature broken', within: 'within 4 hours' },
  P3: { tone: 'grey', icon: CircleDot, label: 'P3 Low', detail: 'Cosmetic', within: 'within a business day' },
}
export const severityOptions = (Object.keys(incidentSeverities) as IncidentSeverity[]).map((id) => ({ id, label: incidentSeverities[id].label, detail: `${incidentSeverities[id].detail}. Somebody takes it on ${incidentSeverities[id].within}.` }))

export const statuses: Record<IncidentStatus, Look> = {
  triage: { tone: 'red', icon: Siren, label: 'Triage' },
  investigating: { tone: 'violet', icon: Eye, label: 'Investigating' },
  identified: { tone: 'blue', icon: Search, label: 'Identified' },
  monitoring: { tone: 'teal', icon: CircleDot, label: 'Monitoring' },
  resolved: { tone: 'green', icon: CircleCheck, label: 'Resolved' },
  closed: { tone: 'grey', icon: CheckCheck, label: 'Closed' },
}
export const isOver = ({ status }: Pick<IncidentRow, 'status'>): boolean => status === 'resolved' || status === 'closed'
export const isGrave = ({ severity }: Pick<IncidentRow, 'severity'>): boolean => severity === 'P0' || severity === 'P1'

/** ops/incidents/rules.py: may_follow */
export const nextStatuses = (now: IncidentStatus): IncidentStatus[] =>
  (Object.keys(statuses) as IncidentStatus[]).filter((then) => then !== now && then !== 'triage' && now !== 'closed' && (then !== 'closed' || now === 'resolved'))

/** What the clock says: how long somebody has to take it on, how late that is, or who did and how soon. */
export function clockWords(incident: IncidentRow, zone: string, now: string): { words: string; isLate: boolean } {
  const { commander, taken_at: taken, due_at: due, created_at: opened, resolved_at: resolved } = incident
  if (resolved !== null) return { words: `Resolved after ${formatMinutes(Math.max(1, minutesBetween(opened, resolved)))}`, isLate: false }
  if (commander !== null && taken !== null) return { words: `${commander.name} took it on after ${formatMinutes(Math.max(1, minutesBetween(opened, taken)))}`, isLate: false }
  const left = minutesBetween(now, due)
  if (left >= 0) return { words: `Somebody must take it on within ${formatMinutes(Math.max(1, left))}, by ${formatMoment(due, zone)}`, isLate: false }
  return { words: `Nobody has taken it on: ${formatMinutes(-left)} overdue`, isLate: true }
}

/** Of a grave one that is resolved: how long until its post-mortem is due, or how late it is. */
export function postMortemWords({ post_mortem_due_at: due, post_mortem_at: at }: IncidentRow, zone: string, now: string): { words: string; isLate: boolean } | null {
  if (at !== null) return { words: `Post-mortem published ${formatMoment(at, zone)}`, isLate: false }
  if (due === null) return null
  const left = minutesBetween(now, due)
  return left >= 0 ? { words: `Post-mortem due within ${formatMinutes(Math.max(1, left))}, by ${formatMoment(due, zone)}`, isLate: false } : { words: `Post-mortem ${formatMinutes(-left)} overdue`, isLate: true }
}

const roleNames: Record<string, string> = { commander: 'commands', communications: 'speaks for it', scribe: 'keeps the record' }
const breachWords: Record<string, string> = { declared: 'It may be a breach', counted: 'Who is affected was counted anew', assessed: 'The assessment was changed', breach: 'Decided: it was a breach', low_probability: 'Decided: low probability that anything was compromised' }
const lineLooks: Record<Line['happened'], { icon: LucideIcon; tone: Tone }> = {
  opened: { icon: Siren, tone: 'red' },
  severity: { icon: TriangleAlert, tone: 'amber' },
  status: { icon: CircleDot, tone: 'blue' },
  role: { icon: UserRoundCheck, tone: 'blue' },
  note: { icon: StickyNote, tone: 'grey' },
  told: { icon: Megaphone, tone: 'violet' },
  linked: { icon: Link2, tone: 'grey' },
  alert: { icon: BellRing, tone: 'amber' },
  action: { icon: ListTodo, tone: 'teal' },
  post_mortem: { icon: BookCheck, tone: 'green' },
  extract: { icon: FileArchive, tone: 'grey' },
  breach: { icon: ShieldAlert, tone: 'red' },
}
export const lineLook = ({ happened }: Line) => lineLooks[happened]

function roleTitle({ before, after, person }: Line): string {
  const does = roleNames[before] ?? before
  if (!after) return `${person} freed a role: nobody ${does}`
  return after === person ? `${person} ${does}` : `${after} ${does}, says ${person}`
}

const titles: Record<Line['happened'], (line: Line) => string> = {
  opened: ({ person, after }) => `${person} opened it as ${after}`,
  severity: ({ person, before, after }) => `${person}: from ${before} to ${after}`,
  status: ({ person, after }) => `${person}: ${statuses[after as IncidentStatus].label.toLowerCase()}`,
  role: roleTitle,
  note: ({ person }) => person,
  told: ({ people, channels: by }) => `Called: ${listed(people)}${by.length > 0 ? `, by ${listed(by.map((one) => channels[one].toLowerCase()))}` : ''}`,
  linked: ({ person, note }) => `${person} linked ${note}`,
  alert: ({ note }) => note,
  action: ({ person, after }) => (after === 'done' ? `${person} did an action item` : after === 'open' ? `${person} opened an action item again` : `${person} added an action item`),
  post_mortem: ({ person }) => `${person} published the post-mortem`,
  extract: ({ person }) => `${person} kept an extract of the trail`,
  breach: ({ after }) => breachWords[after] ?? 'About the breach',
}

/** A line of the timeline: its sentence, and what was written to it. */
export const lineTitle = (line: Line): string => titles[line.happened](line)
export const lineNote = ({ happened, note }: Line): string => (happened === 'linked' || happened === 'alert' ? '' : note)

export const takeIcon = Hand

export const sources: Record<IncidentRule['source'], string> = { alert: 'Alert', security_incident: 'Security incident' }
const opensWords: Record<IncidentRule['opens'], string> = { '': 'Opens nothing', P0: 'P0', P1: 'P1', P2: 'P2', P3: 'P3' }
export const opensOptions = (Object.keys(opensWords) as IncidentRule['opens'][]).map((id) => ({ id: id === '' ? 'nothing' : id, label: opensWords[id] }))

/** "Critical alert about health" */
export const ruleTitle = ({ source, grade, subject }: IncidentRule): string => `${grade.replace(/^./, (letter) => letter.toUpperCase())} ${sources[source].toLowerCase()}${subject ? ` about ${subject}` : ''}`

export const factors: Record<'nature' | 'recipient' | 'viewed' | 'mitigated', { label: string; hint: string }> = {
  nature: { label: 'What was involved', hint: 'Kinds of information, and how likely people can be identified by it.' },
  recipient: { label: 'Who got it', hint: 'The person who used it, or to whom it was disclosed.' },
  viewed: { label: 'Whether it was acquired or viewed', hint: 'Or only could have been.' },
  mitigated: { label: 'What was done about it', hint: 'To what extent the risk has been mitigated.' },
}
