/** What the form of a rule holds, and what of it goes along when another trigger is chosen. */
import type { Schema } from '@/api/schema'
import type { Rule, RuleTrigger } from './queries'

export type RuleValues = Required<Schema<'NotificationRuleIn'>>

const blank: Omit<RuleValues, 'trigger_event' | 'timing_type' | 'recipient_type'> = {
  rule_name: '',
  rule_type: 'Dashboard Alert',
  is_active: true,
  conditions: [],
  recipients: [],
  timing_offset: 1,
  timing_unit: 'days',
  timing_at: '09:00',
  message_subject: '',
  message_template: '',
  send_once: true,
  send_repeatedly: false,
  repeat_interval: 0,
  max_repeats: 0,
}

export function valuesOf(rule: Rule | null, first: RuleTrigger): RuleValues {
  if (rule === null) return withTrigger({ ...blank, trigger_event: first.trigger_event, timing_type: 'Immediate', recipient_type: 'Clinician' }, first)
  const shown: Record<string, unknown> = { ...rule }
  for (const name of ['id', 'version', 'last_executed_at', 'execution_count']) Reflect.deleteProperty(shown, name)
  return { ...(shown as RuleValues), timing_at: rule.timing_at ?? blank.timing_at }
}

/** Conditions belong to their trigger; a time or a reader it does not have becomes its first. */
export function withTrigger(values: RuleValues, trigger: RuleTrigger): RuleValues {
  const timing = trigger.timings.includes(values.timing_type) ? values.timing_type : (trigger.timings[0] ?? 'Immediate')
  const reader = trigger.recipient_types.includes(values.recipient_type) ? values.recipient_type : (trigger.recipient_types[0] ?? 'Administrator')
  const repeats = trigger.repeats ? {} : { send_repeatedly: false, repeat_interval: 0, max_repeats: 0 }
  return { ...values, trigger_event: trigger.trigger_event, conditions: [], timing_type: timing, recipient_type: reader, recipients: reader === values.recipient_type ? values.recipients : [], ...repeats }
}
