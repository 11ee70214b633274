/** How rules read to people. */
import { roleName } from '@/lib/roles'
import type { Rule } from './queries'

export type Operator = Rule['conditions'][number]['operator']

export const channelChoices = [
  { id: 'Dashboard Alert', label: 'Under the bell' },
  { id: 'Email', label: 'E-mail' },
  { id: 'SMS', label: 'Text message' },
  { id: 'All', label: 'All three' },
] as const satisfies readonly { id: Rule['rule_type']; label: string }[]

export const operatorWords: Record<Operator, string> = {
  equals: 'is',
  not_equals: 'is not',
  greater_than: 'is more than',
  less_than: 'is less than',
  contains: 'contains',
  not_contains: 'does not contain',
  is_null: 'is not known',
  is_not_null: 'is known',
}
export const needsValue = (operator: Operator): boolean => operator !== 'is_null' && operator !== 'is_not_null'

export const timingWords: Record<Rule['timing_type'], string> = { Immediate: 'At once', 'Before Event': 'Before it', 'After Event': 'After it', Scheduled: 'At a time of day' }

export const readerWords: Record<Rule['recipient_type'], string> = {
  Clinician: 'The clinician concerned',
  Supervisor: 'Their supervisors',
  Administrator: 'Every administrator',
  Role: 'Everybody with a role',
  'Specific User': 'People I choose',
  Client: 'The client, if they agreed',
}

/** "3 days before", "at once", "at 18:30" */
export function whenWords({ timing_type: timing, timing_offset: offset, timing_unit: unit, timing_at: at }: Pick<Rule, 'timing_type' | 'timing_offset' | 'timing_unit' | 'timing_at'>): string {
  if (timing === 'Immediate') return 'at once'
  if (timing === 'Scheduled') return `at ${at ?? ''} by the practice’s clock`
  return `${offset} ${offset === 1 ? unit.slice(0, -1) : unit} ${timing === 'Before Event' ? 'before' : 'after'}`
}

/** Whom, as part of a sentence. `names` are colleagues by id. */
export function whomWords({ recipient_type: kind, recipients }: Pick<Rule, 'recipient_type' | 'recipients'>, names: ReadonlyMap<string, string>): string {
  if (kind === 'Role') return recipients.map(roleName).join(', ')
  if (kind === 'Specific User') return recipients.map((id) => names.get(id) ?? 'somebody who left').join(', ')
  return { Clinician: 'the clinician', Supervisor: 'the supervisors', Administrator: 'every administrator', Client: 'the client' }[kind]
}

/** "Note Overdue, at once, to the clinician: under the bell. Repeated every 24 hours, 3 times at most." */
export function ruleSentence(rule: Rule, names: ReadonlyMap<string, string>): string {
  const how = channelChoices.find(({ id }) => id === rule.rule_type)?.label.toLowerCase() ?? rule.rule_type
  const only = rule.conditions.length === 0 ? '' : `, under ${rule.conditions.length === 1 ? 'one condition' : `${rule.conditions.length} conditions`}`
  const again = rule.send_repeatedly ? ` Again every ${rule.repeat_interval === 1 ? 'hour' : `${rule.repeat_interval} hours`} while it is so, ${rule.max_repeats === 1 ? 'once' : `${rule.max_repeats} times`} at most.` : ''
  return `${rule.trigger_event}${only}, ${whenWords(rule)}, to ${whomWords(rule, names)}: ${how}.${again}`
}

