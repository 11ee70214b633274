import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import type { Definition, Field } from '../words'
import { answersOf, askedBefore } from './draft'

type Condition = NonNullable<Field['show_when']>
type ConditionEditorProps = { form: Definition; field: Field; onChange: (when: Condition | null) => void }

const always = { id: '', label: 'Always' }
const tests = [
  { id: 'is', label: 'is' },
  { id: 'contains', label: 'contains' },
] as const

/** Shown always, or because of an earlier answer. */
export function ConditionEditor({ form, field, onChange }: ConditionEditorProps) {
  const asked = askedBefore(form, field.key)
  const when = field.show_when ?? null
  const cause = asked.find(({ key }) => key === when?.field)
  const choose = (key: string) => {
    const next = asked.find((each) => each.key === key)
    onChange(next ? { field: key, test: next.kind === 'choices' ? 'contains' : 'is', value: answersOf(next)[0]?.id ?? '' } : null)
  }
  if (asked.length === 0) return null
  const answers = cause ? answersOf(cause) : []
  const compares = cause?.kind === 'choices' || cause?.kind === 'text'
  return (
    <div className="flex flex-col gap-3">
      <Select label="Show this" options={[always, ...asked.map(({ key, label }) => ({ id: key, label: `When: ${label}` }))]} value={when?.field ?? ''} onChange={choose} />
      {when && cause && (
        <div className="grid gap-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
          {compares ? <Select label="Its answer" options={tests} value={when.test} onChange={(test) => onChange({ ...when, test })} /> : <p className="self-end pb-2 text-14">Its answer is</p>}
          {answers.length > 0 ? <Select label="This" options={answers} value={when.value} onChange={(value) => onChange({ ...when, value })} /> : <TextField label="These words" value={when.value} maxLength={200} autoComplete="off" onChange={(value) => onChange({ ...when, value })} />}
        </div>
      )}
    </div>
  )
}
