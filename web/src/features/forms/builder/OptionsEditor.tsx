import { Plus, Trash2 } from 'lucide-react'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { NumberField } from '@/ui/NumberField'
import { TextField } from '@/ui/TextField'
import type { Field } from '../words'
import { freeKey } from './draft'

type OptionsEditorProps = { field: Field; onChange: (options: Field['options']) => void; onRemove: (option: string) => void }

/** The answers to choose from; with points where the question is scored. */
export function OptionsEditor({ field, onChange, onRemove }: OptionsEditorProps) {
  const scored = field.kind === 'scored'
  const change = (key: string, some: Partial<Field['options'][number]>) => onChange(field.options.map((option) => (option.key === key ? { ...option, ...some } : option)))
  const add = () => {
    const highest = Math.max(-1, ...field.options.map(({ points }) => points))
    onChange([...field.options, { key: freeKey('o', field.options.map(({ key }) => key)), label: 'Another answer', points: scored ? highest + 1 : 0 }])
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">Answers</legend>
      {field.options.map(({ key, label, points }, index) => (
        <div key={key} className="flex items-start gap-2">
          <TextField label={`Answer ${index + 1}`} hideLabel className="min-w-0 flex-1" value={label} maxLength={500} autoComplete="off" onChange={(next) => change(key, { label: next })} />
          {scored && <NumberField label={`Points of answer ${index + 1}`} hideLabel className="w-28" value={points} onChange={(next) => change(key, { points: next ?? 0 })} />}
          <IconButton icon={Trash2} label={`Remove answer ${index + 1}`} onPress={() => onRemove(key)} />
        </div>
      ))}
      <div>
        <Button size="sm" icon={Plus} onPress={add}>
          Add answer
        </Button>
      </div>
    </fieldset>
  )
}
