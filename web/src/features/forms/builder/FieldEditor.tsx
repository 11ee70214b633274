import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { NumberField } from '@/ui/NumberField'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { chartFieldOptions, fillsChart, isSigned, type Definition, type Field } from '../words'
import { ConditionEditor } from './ConditionEditor'
import { ConsentEditor } from './ConsentEditor'
import { change, emptyScore, hasOptions, removeOption } from './draft'
import { OptionsEditor } from './OptionsEditor'

type FieldEditorProps = { form: Definition; field: Field; problems: string[]; onChange: (form: Definition) => void }

/** Everything that can be said of a question. */
export function FieldEditor({ form, field, problems, onChange }: FieldEditorProps) {
  const set = (some: Partial<Field>) => onChange(change(form, field.key, some))
  const asks = field.kind !== 'heading'
  return (
    <div className="flex flex-col gap-4 pt-3">
      {problems.length > 0 && <Alert tone="danger">{problems.join(' ')}</Alert>}
      <TextField label={asks ? 'Question' : 'Heading'} required value={field.label} maxLength={500} autoComplete="off" onChange={(label) => set({ label })} />
      <TextArea label={field.kind === 'consent' ? 'The words that are agreed to' : field.kind === 'signature' ? 'What is signed' : 'Help'} required={field.kind === 'consent'} rows={isSigned(field.kind) || !asks ? 4 : 2} value={field.help} maxLength={20_000} onChange={(help) => set({ help })} hint={asks ? 'Shown with the question.' : 'Shown under the heading: an explanation.'} />
      {field.kind === 'consent' && <ConsentEditor field={field} onChange={set} />}
      {hasOptions(field.kind) && <OptionsEditor field={field} onChange={(options) => set({ options })} onRemove={(option) => onChange(removeOption(form, field.key, option))} />}
      {field.kind === 'scored' && <ScoreChoice form={form} field={field} onChange={onChange} />}
      {field.kind === 'number' && (
        <div className="grid grid-cols-2 gap-3">
          <NumberField label="Smallest" value={field.least ?? null} onChange={(least) => set({ least })} />
          <NumberField label="Largest" value={field.most ?? null} onChange={(most) => set({ most })} />
        </div>
      )}
      {field.kind === 'file' && <NumberField label="Files at most" value={field.most_files} onChange={(most) => set({ most_files: Math.min(10, Math.max(1, Math.round(most ?? 1))) })} hint="PDF, pictures and Word, up to 10 MB each. Accepting the form puts them into the chart’s documents, which the front desk reads: so not in a consent or an assessment." />}
      {fillsChart(field.kind) && <Select label="Fills in the chart" options={chartFieldOptions} value={field.fills ?? ''} onChange={(fills) => set({ fills: fills === '' ? null : fills })} hint="Whoever reviews the form sees it beside what the chart says, and takes it over or not." />}
      {asks && (
        <Checkbox checked={field.required} onChange={(required) => set({ required })}>
          Must be answered
        </Checkbox>
      )}
      <ConditionEditor form={form} field={field} onChange={(show_when) => set({ show_when })} />
    </div>
  )
}

/** For which score its points count; another can be begun. */
function ScoreChoice({ form, field, onChange }: Omit<FieldEditorProps, 'problems'>) {
  const begin = () => {
    const score = emptyScore(form.scores)
    onChange(change({ ...form, scores: [...form.scores, score] }, field.key, { score: score.key }))
  }
  return (
    <div className="flex items-end gap-2">
      <Select label="Counts for" className="min-w-0 flex-1" options={form.scores.map(({ key, label }) => ({ id: key, label }))} value={field.score ?? null} onChange={(score) => onChange(change(form, field.key, { score }))} />
      <Button onPress={begin}>New score</Button>
    </div>
  )
}
