/** Answers held against their form while it is filled. mentalspace/forms/answering.py decides; this mirrors what a page must show at once. */
import { isSigned, type Definition, type Field } from './words'

export type Answers = Record<string, unknown>
export type Signature = { name: string; date: string; signed: boolean }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

export const isSignature = (value: unknown): value is Signature => isRecord(value) && typeof value.name === 'string' && typeof value.date === 'string' && typeof value.signed === 'boolean'

/** Two answers are the same, whatever the order of an object's keys: the database has its own. */
export function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((each, index) => same(each, other[index]))
  if (isRecord(one) && isRecord(other)) return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => same(one[key], other[key]))
  return one === other
}

function meets({ test, value }: NonNullable<Field['show_when']>, answer: unknown): boolean {
  if (typeof answer === 'boolean') return value === (answer ? 'yes' : 'no')
  if (Array.isArray(answer)) return test === 'is' ? same(answer, [value]) : answer.includes(value)
  if (typeof answer !== 'string') return false
  const given = answer.trim().toLowerCase()
  const wanted = value.trim().toLowerCase()
  return test === 'contains' ? given.includes(wanted) : given === wanted
}

/** The questions and headings that these answers let be seen. */
export function shown({ fields }: Pick<Definition, 'fields'>, answers: Answers): Field[] {
  const seen = new Set<string>()
  return fields.filter(({ key, show_when: when }) => {
    const visible = !when || (seen.has(when.field) && meets(when, answers[when.field]))
    if (visible) seen.add(key)
    return visible
  })
}

export function isAnswered({ kind }: Pick<Field, 'kind'>, value: unknown): boolean {
  if (kind === 'heading') return false
  if (isSigned(kind)) return isSignature(value) && value.name.trim() !== '' && value.date !== '' && value.signed
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '')
}

/** Of the questions that must be answered: how many are, and the first that is not. */
export function progress(definition: Pick<Definition, 'fields'>, answers: Answers): { done: number; total: number } {
  const must = shown(definition, answers).filter(({ required, kind }) => required && kind !== 'heading')
  return { done: must.filter((field) => isAnswered(field, answers[field.key])).length, total: must.length }
}

/** An answer in words, as it is read. */
export function inWords(field: Field, value: unknown, formatDate: (date: string) => string): string {
  if (!isAnswered(field, value)) return ''
  const labelOf = (key: unknown) => field.options.find((option) => option.key === key)?.label ?? String(key)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (field.kind === 'file') return Array.isArray(value) && value.length > 1 ? `${value.length} files` : 'One file'
  if (Array.isArray(value)) return value.map(labelOf).join(', ')
  if (isSignature(value)) return `Signed by ${value.name} on ${formatDate(value.date)}`
  if (field.options.length > 0) return labelOf(value)
  return field.kind === 'date' && typeof value === 'string' ? formatDate(value) : String(value)
}

/** Theirs was saved meanwhile: what each side changed since `base` stays; where both did, mine stays and theirs is named. */
export function merge(base: Answers, mine: Answers, theirs: Answers): { answers: Answers; conflicts: Answers } {
  const answers: Answers = { ...theirs }
  const conflicts: Answers = {}
  for (const key of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
    if (same(mine[key], base[key])) continue
    if (key in mine) answers[key] = mine[key]
    else Reflect.deleteProperty(answers, key)
    if (!same(theirs[key], base[key]) && !same(theirs[key], mine[key])) conflicts[key] = theirs[key]
  }
  return { answers, conflicts }
}
