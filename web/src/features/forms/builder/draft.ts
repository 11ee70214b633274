/** What can be done with a form's definition while it is built; each gives a new one. mentalspace/forms/spec.py says what a form may be. */
import type { Definition, Field, Kind, Score } from '../words'

const withOptions: readonly Kind[] = ['choice', 'choices', 'scored']
const conditionalOn: readonly Kind[] = ['choice', 'choices', 'yes_no', 'scored', 'text']

export const hasOptions = (kind: Kind): boolean => withOptions.includes(kind)

/** The first of `q1`, `q2`, … that is not taken. A key never changes: answers are kept under it. */
export function freeKey(prefix: string, taken: readonly string[]): string {
  let number = taken.length + 1
  while (taken.includes(`${prefix}${number}`)) number += 1
  return `${prefix}${number}`
}

const keysOf = (rows: readonly { key: string }[]): string[] => rows.map(({ key }) => key)

const names: Partial<Record<Kind, string>> = { heading: 'New heading', signature: 'Signature', file: 'Photo or document', consent: 'I agree to treatment' }

export function emptyField(kind: Kind, key: string): Field {
  const options = hasOptions(kind) ? ['First answer', 'Second answer'].map((label, index) => ({ key: `o${index + 1}`, label, points: kind === 'scored' ? index : 0 })) : []
  return { key, kind, label: (names[kind] ?? 'New question'), help: '', required: false, options, score: null, least: null, most: null, show_when: null, consent: kind === 'consent' ? 'treatment' : null, months: kind === 'consent' ? 12 : null, expected: false, fills: null, most_files: 3 }
}

/** With a question of this kind after the one of this key, or at the end; what is scored gets a score to count for. */
export function add(form: Definition, kind: Kind, after: string | null): { form: Definition; key: string } {
  const key = freeKey('q', keysOf(form.fields))
  const scores = kind === 'scored' && form.scores.length === 0 ? [emptyScore([])] : form.scores
  const field = { ...emptyField(kind, key), ...(kind === 'scored' && { score: scores[0]?.key ?? null }) }
  const place = after === null ? form.fields.length : form.fields.findIndex((each) => each.key === after) + 1
  return { form: { scores, fields: form.fields.toSpliced(place, 0, field) }, key }
}

export const emptyScore = (taken: readonly Score[]): Score => ({ key: freeKey('s', keysOf(taken)), label: 'Total', bands: [] })

export const change = (form: Definition, key: string, some: Partial<Field>): Definition => ({ ...form, fields: form.fields.map((field) => (field.key === key ? { ...field, ...some } : field)) })

/** Without a question. What depended on it is always shown. */
export const remove = (form: Definition, key: string): Definition =>
  withoutIdleScores({ ...form, fields: form.fields.filter((field) => field.key !== key).map((field) => (field.show_when?.field === key ? { ...field, show_when: null } : field)) })

/** A score for which nothing counts any more is none. */
const withoutIdleScores = (form: Definition): Definition => ({ ...form, scores: form.scores.filter(({ key }) => form.fields.some(({ score }) => score === key)) })

/** Whether a question may go one place up (-1) or down (1): never past one it depends on, or that depends on it. */
export function whyNotMove({ fields }: Definition, key: string, by: -1 | 1): string | null {
  const place = fields.findIndex((field) => field.key === key)
  const here = fields[place]
  const there = fields[place + by]
  if (!here || !there) return by === -1 ? 'This is the first.' : 'This is the last.'
  const [upper, lower] = by === -1 ? [there, here] : [here, there]
  return lower.show_when?.field === upper.key ? 'One of the two is shown because of the other, and has to come after it.' : null
}

export function move(form: Definition, key: string, by: -1 | 1): Definition {
  const place = form.fields.findIndex((field) => field.key === key)
  const field = form.fields[place]
  if (!field || whyNotMove(form, key, by) !== null) return form
  return { ...form, fields: form.fields.toSpliced(place, 1).toSpliced(place + by, 0, field) }
}

/** The earlier questions on whose answer this one may depend. */
export const askedBefore = ({ fields }: Definition, key: string): Field[] => fields.slice(0, fields.findIndex((field) => field.key === key)).filter(({ kind }) => conditionalOn.includes(kind))

/** The answers of a question to compare with; none where it is free text. */
export function answersOf({ kind, options }: Field): { id: string; label: string }[] {
  if (kind === 'yes_no') return [{ id: 'yes', label: 'Yes' }, { id: 'no', label: 'No' }]
  return options.map(({ key, label }) => ({ id: key, label }))
}

/** Without an answer to choose; what was shown because of it is always shown. */
export function removeOption(form: Definition, key: string, option: string): Definition {
  const fields = form.fields.map((field) => {
    if (field.key === key) return { ...field, options: field.options.filter((each) => each.key !== option) }
    return field.show_when?.field === key && field.show_when.value === option ? { ...field, show_when: null } : field
  })
  return { ...form, fields }
}
