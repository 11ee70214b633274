import { Plus, Trash2 } from 'lucide-react'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { NumberField } from '@/ui/NumberField'
import { Section } from '@/ui/Section'
import { TextField } from '@/ui/TextField'
import type { Score } from '../words'

type ScoresEditorProps = { scores: readonly Score[]; problems: Record<string, string[]>; onChange: (scores: Score[]) => void }

/** The sums of points a form comes to, and what each span of a sum is called. */
export function ScoresEditor({ scores, problems, onChange }: ScoresEditorProps) {
  const change = (key: string, some: Partial<Score>) => onChange(scores.map((score) => (score.key === key ? { ...score, ...some } : score)))
  return (
    <Section title="Scores">
      <div className="flex flex-col gap-6">
        {scores.map((score) => (
          <ScoreEditor key={score.key} score={score} problems={problems[score.key] ?? []} onChange={(some) => change(score.key, some)} />
        ))}
      </div>
    </Section>
  )
}

function ScoreEditor({ score, problems, onChange }: { score: Score; problems: string[]; onChange: (some: Partial<Score>) => void }) {
  const bands = score.bands
  const change = (index: number, some: Partial<Score['bands'][number]>) => onChange({ bands: bands.map((band, each) => (each === index ? { ...band, ...some } : band)) })
  const next = (bands.at(-1)?.most ?? -1) + 1
  return (
    <div className="flex flex-col gap-3">
      {problems.length > 0 && <Alert tone="danger">{problems.join(' ')}</Alert>}
      <TextField label="Name of the score" value={score.label} maxLength={500} autoComplete="off" onChange={(label) => onChange({ label })} />
      {bands.map((band, index) => (
        <div key={index} className="grid grid-cols-[6.5rem_6.5rem_minmax(0,1fr)_auto] items-end gap-2 phone:grid-cols-2">
          <NumberField label="From" value={band.least} onChange={(least) => change(index, { least: least ?? 0 })} />
          <NumberField label="To" value={band.most} onChange={(most) => change(index, { most: most ?? 0 })} />
          <TextField label="Is called" value={band.label} maxLength={500} autoComplete="off" onChange={(label) => change(index, { label })} />
          <IconButton icon={Trash2} label={`Remove “${band.label}”`} onPress={() => onChange({ bands: bands.filter((_, each) => each !== index) })} />
        </div>
      ))}
      <div>
        <Button size="sm" icon={Plus} onPress={() => onChange({ bands: [...bands, { least: next, most: next + 4, label: 'New band' }] })}>
          Add band
        </Button>
      </div>
    </div>
  )
}
