import { CircleCheck, CircleHelp, CircleX, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { Schema } from '@/api/schema'
import type { Tone } from '@/ui/tones'

export type Kind = Schema<'ChecklistOut'>['kind']
export type Check = Schema<'CheckOut'>
export type State = Check['state']
export type Metric = Schema<'MetricOut'>
export type Span = 'day' | 'month'

export const kinds: Record<Kind, { title: string; hint: string }> = {
  morning: { title: 'Morning', hint: 'Before business hours.' },
  end_of_day: { title: 'End of day', hint: 'Before the last one leaves.' },
}

export const states: Record<State, { tone: Tone; icon: LucideIcon; label: string }> = {
  good: { tone: 'green', icon: CircleCheck, label: 'Good' },
  attention: { tone: 'amber', icon: TriangleAlert, label: 'Look at it' },
  bad: { tone: 'red', icon: CircleX, label: 'Not good' },
  unknown: { tone: 'grey', icon: CircleHelp, label: 'Not known' },
}

/** A metric's figure in words: "0.42 s", "99.95 %", "7". */
export function figure({ unit }: Pick<Metric, 'unit'>, value: number | null): string {
  if (value === null) return 'not measured'
  if (unit === 'count') return (Math.round(value * 10) / 10).toLocaleString('en-US')
  if (unit === 'share') return `${(value * 100).toLocaleString('en-US', { maximumFractionDigits: 2 })} %`
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${(Math.round(value * 100) / 100).toLocaleString('en-US')} s`
}

/** The runbook's bounds: "Target under 500 ms, critical over 2 s". */
export function bounds(metric: Metric): string | null {
  if (metric.target === null || metric.critical === null) return null
  const isHigher = metric.target > metric.critical
  return `Target ${isHigher ? 'over' : 'under'} ${figure(metric, metric.target)}, critical ${isHigher ? 'under' : 'over'} ${figure(metric, metric.critical)}`
}
