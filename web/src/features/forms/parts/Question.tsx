import { lazy, Suspense } from 'react'
import { Checkbox } from '@/ui/Checkbox'
import { DateField } from '@/ui/DateField'
import { NumberField } from '@/ui/NumberField'
import { RadioGroup } from '@/ui/RadioGroup'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { isSignature, type Signature } from '../answers'
import type { Field } from '../words'

const FileQuestion = lazy(async () => ({ default: (await import('./FileQuestion')).FileQuestion }))

export type QuestionProps = { field: Field; value: unknown; onAnswer: (value: unknown) => void; error?: string | undefined; /** Today, as a plain date, for a signature. */ today: string }

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** One question of a form, with the field its kind asks for. */
export function Question({ field, value, onAnswer, error, today }: QuestionProps) {
  const shared = { label: field.label, required: field.required, error, ...(field.help && { hint: field.help }) }
  switch (field.kind) {
    case 'heading':
      return (
        <div className="pt-3 first:pt-0">
          <h2 className="text-16 font-semibold">{field.label}</h2>
          {field.help && <p className="pt-0.5 text-14 whitespace-pre-line text-muted">{field.help}</p>}
        </div>
      )
    case 'text':
      return <TextField {...shared} value={text(value)} maxLength={500} autoComplete="off" onChange={(next) => onAnswer(next === '' ? undefined : next)} />
    case 'long_text':
      return <TextArea {...shared} value={text(value)} maxLength={20_000} rows={4} onChange={(next) => onAnswer(next === '' ? undefined : next)} />
    case 'number':
      return <NumberField {...shared} value={typeof value === 'number' ? value : null} onChange={(next) => onAnswer(next ?? undefined)} />
    case 'date':
      return <DateField {...shared} value={typeof value === 'string' ? value : null} onChange={(next) => onAnswer(next ?? undefined)} />
    case 'yes_no':
      return <RadioGroup {...shared} direction="row" options={yesNo} value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : null} onChange={(next) => onAnswer(next === 'yes')} />
    case 'choice':
    case 'scored':
      return <RadioGroup {...shared} options={field.options.map(({ key, label }) => ({ id: key, label }))} value={typeof value === 'string' ? value : null} onChange={onAnswer} />
    case 'choices':
      return <Choices field={field} chosen={Array.isArray(value) ? value : []} error={error} onAnswer={onAnswer} />
    case 'file':
      return (
        <Suspense>
          <FileQuestion field={field} value={value} error={error} onAnswer={onAnswer} />
        </Suspense>
      )
    case 'signature':
    case 'consent':
      return <SignatureField field={field} value={isSignature(value) ? value : null} error={error} onAnswer={onAnswer} today={today} />
  }
}

const yesNo = [
  { id: 'yes', label: 'Yes' },
  { id: 'no', label: 'No' },
] as const

type GroupProps = { field: Field; error: string | undefined; children: React.ReactNode }

function Group({ field, error, children }: GroupProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="pb-1 text-13 font-medium">
        {field.label}
        {field.required && (
          <span aria-hidden className="ml-0.5 text-danger-text">
            *
          </span>
        )}
      </legend>
      {field.help && <p className="text-13 whitespace-pre-line text-muted">{field.help}</p>}
      {children}
      {error && (
        <p role="alert" className="text-12 text-danger-text">
          {error}
        </p>
      )}
    </fieldset>
  )
}

function Choices({ field, chosen, error, onAnswer }: { field: Field; chosen: unknown[]; error: string | undefined; onAnswer: (value: unknown) => void }) {
  const choose = (key: string, on: boolean) => {
    const next = field.options.map((option) => option.key).filter((each) => (each === key ? on : chosen.includes(each)))
    onAnswer(next.length > 0 ? next : undefined)
  }
  return (
    <Group field={field} error={error}>
      <div className="flex flex-col">
        {field.options.map(({ key, label }) => (
          <Checkbox key={key} checked={chosen.includes(key)} onChange={(on) => choose(key, on)}>
            {label}
          </Checkbox>
        ))}
      </div>
    </Group>
  )
}

const unsigned: Signature = { name: '', date: '', signed: false }

/** A typed name, the day, and a tick: what is signed is the text above it. The tick sets the day when there is none. */
function SignatureField({ field, value, error, onAnswer, today }: { field: Field; value: Signature | null; error: string | undefined; onAnswer: (value: unknown) => void; today: string }) {
  const now = value ?? unsigned
  const change = (some: Partial<Signature>) => {
    const next = { ...now, ...some }
    onAnswer(next.name === '' && next.date === '' && !next.signed ? undefined : next)
  }
  return (
    <Group field={field} error={error}>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_10rem]">
        <TextField label="Full name" value={now.name} maxLength={200} autoComplete="off" onChange={(name) => change({ name })} />
        <DateField label="Date" value={now.date === '' ? null : now.date} onChange={(date) => change({ date: date ?? '' })} />
      </div>
      <Checkbox checked={now.signed} onChange={(signed) => change({ signed, ...(signed && now.date === '' && { date: today }) })}>
        {field.kind === 'consent' ? 'I agree, and sign this with my name' : 'I sign this with my name'}
      </Checkbox>
    </Group>
  )
}
