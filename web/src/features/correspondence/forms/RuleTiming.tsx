import { Checkbox } from '@/ui/Checkbox'
import { NumberField } from '@/ui/NumberField'
import { Select } from '@/ui/Select'
import { TimeField } from '@/ui/TimeField'
import { timingWords } from '../rule-words'
import type { RulePart } from './RulePanel'

const units = [
  { id: 'minutes', label: 'Minutes' },
  { id: 'hours', label: 'Hours' },
  { id: 'days', label: 'Days' },
] as const

/** How long before or after, how often, and whether again. */
export function RuleTiming({ values, trigger, change, problem }: RulePart) {
  const hasOffset = values.timing_type === 'Before Event' || values.timing_type === 'After Event'
  return (
    <div className="flex flex-col gap-3">
      <Select label="It is told" options={trigger.timings.map((id) => ({ id, label: timingWords[id] }))} value={values.timing_type} onChange={(timing_type) => change({ timing_type })} error={problem('timing_type')} />
      {hasOffset && (
        <div className="grid grid-cols-2 gap-3">
          <NumberField label="How long" min={1} max={20_160} value={values.timing_offset} onChange={(count) => change({ timing_offset: count ?? 1 })} error={problem('timing_offset')} />
          <Select label="Of what" options={units} value={values.timing_unit} onChange={(timing_unit) => change({ timing_unit })} />
        </div>
      )}
      {values.timing_type === 'Scheduled' && <TimeField label="Time of day" value={values.timing_at ?? null} onChange={(at) => change({ timing_at: at })} error={problem('timing_at')} hint="By the practice’s clock: the first time after it happened." />}
      <Checkbox checked={values.send_once} onChange={(send_once) => change({ send_once })}>
        Once for each thing, even if it comes round again
      </Checkbox>
      {trigger.repeats && (
        <Checkbox checked={values.send_repeatedly} onChange={(send_repeatedly) => change(send_repeatedly ? { send_repeatedly, repeat_interval: 24, max_repeats: 3 } : { send_repeatedly, repeat_interval: 0, max_repeats: 0 })}>
          Tell them again while it is so
        </Checkbox>
      )}
      {values.send_repeatedly && (
        <div className="grid grid-cols-2 gap-3">
          <NumberField label="Every (hours)" min={1} max={336} value={values.repeat_interval} onChange={(hours) => change({ repeat_interval: hours ?? 24 })} error={problem('repeat_interval')} />
          <NumberField label="At most (times)" min={1} max={20} value={values.max_repeats} onChange={(times) => change({ max_repeats: times ?? 1 })} />
        </div>
      )}
    </div>
  )
}
