import { ArrowUp, Plus, X } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { TextField } from '@/ui/TextField'
import type { Diagnosis } from '../content'
import { placeOf } from './Outline'

type Props = { diagnoses: readonly Diagnosis[]; onChange: (diagnoses: Diagnosis[]) => void }
const MOST = 12

/** What was diagnosed on this day, the principal one first. */
export function DiagnosesField({ diagnoses, onChange }: Props) {
  const [adding, setAdding] = useState(false)
  const move = (at: number) => {
    const next = [...diagnoses]
    next.splice(at - 1, 2, ...next.slice(at - 1, at + 1).reverse())
    onChange(next)
  }
  return (
    <div id={placeOf('diagnoses')} role="group" aria-labelledby="diagnoses-label" className="scroll-mt-44">
      <h2 id="diagnoses-label" className="text-13 font-medium">
        Diagnoses
      </h2>
      {diagnoses.length > 0 && (
        <ol className="mt-1 divide-y divide-line rounded-control border border-line bg-raised">
          {diagnoses.map(({ code, description }, at) => (
            <li key={`${code} ${at}`} className="flex min-h-9 items-center gap-2 py-0.5 pr-1 pl-3 text-14">
              <span className="w-20 shrink-0 font-medium tabular">{code}</span>
              <span className="min-w-0 flex-1 break-words">{description}</span>
              {at === 0 && diagnoses.length > 1 && <span className="text-12 text-muted">principal</span>}
              {at > 0 && <IconButton icon={ArrowUp} size="sm" label={`Move ${code} up`} onPress={() => move(at)} />}
              <IconButton icon={X} size="sm" label={`Remove ${code}`} onPress={() => onChange(diagnoses.filter((_, index) => index !== at))} />
            </li>
          ))}
        </ol>
      )}
      {adding && (
        <AddDiagnosis
          taken={diagnoses}
          onAdd={(one) => onChange([...diagnoses, one])}
          onDone={() => setAdding(false)}
        />
      )}
      {!adding && diagnoses.length < MOST && (
        <Button size="sm" variant="quiet" icon={Plus} className="mt-1 -ml-2" onPress={() => setAdding(true)}>
          Add diagnosis
        </Button>
      )}
    </div>
  )
}

function AddDiagnosis({ taken, onAdd, onDone }: { taken: readonly Diagnosis[]; onAdd: (one: Diagnosis) => void; onDone: () => void }) {
  const [code, setCode] = useState('')
  const [description, setDescription] = useState('')
  const [error, setError] = useState<string>()
  const codeInput = useRef<HTMLInputElement>(null)
  const add = () => {
    const one = { code: code.trim().toUpperCase(), description: description.trim() }
    const problem = one.code === '' ? 'Enter a code, for example F41.1.' : taken.some((other) => other.code === one.code) ? `${one.code} is in the list already.` : undefined
    setError(problem)
    if (problem) return codeInput.current?.focus()
    onAdd(one)
    onDone()
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      add()
    }
    if (event.key === 'Escape') onDone()
  }
  return (
    <div className="mt-2 flex flex-wrap items-start gap-2">
      <TextField label="Code" value={code} onChange={setCode} onKeyDown={keys} maxLength={20} autoFocus inputRef={codeInput} error={error} placeholder="F41.1" className="w-32" />
      <TextField label="Description" value={description} onChange={setDescription} onKeyDown={keys} maxLength={300} className="min-w-48 flex-1" />
      <div className="flex gap-2 pt-6">
        <Button onPress={add}>Add</Button>
        <Button variant="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
