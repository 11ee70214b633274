/** What an editor holds of a note, compared and merged. Pure. Mirrors mentalspace/charting/drafts.py and rules.py: merge. */
import type { Schema } from '@/api/schema'

export type Note = Schema<'NoteOut'>
export type NoteFormat = Note['note_format']
export type Diagnosis = Schema<'CodedDiagnosis'>
export type Sections = Readonly<Record<string, string>>

export type Content = {
  note_format: NoteFormat
  sections: Sections
  diagnoses: readonly Diagnosis[]
  service_date: string
  started_at: string | null
  ended_at: string | null
}
export type FieldName = Exclude<keyof Content, 'sections'>
const fieldNames: readonly FieldName[] = ['note_format', 'service_date', 'started_at', 'ended_at', 'diagnoses']

export const contentOf = ({ note_format, sections, diagnoses, service_date, started_at, ended_at }: Note): Content => ({ note_format, sections, diagnoses, service_date, started_at, ended_at })

export const textOf = (sections: Sections, key: string): string => sections[key] ?? ''

/** mentalspace/charting/rules.py: is_blank. */
export const isBlank = (text: string): boolean => /^[\s\p{Cc}\p{Cf}]*$/u.test(text)

const keysOf = (...all: Sections[]): string[] => [...new Set(all.flatMap(Object.keys))]
const instant = (value: string | null) => (value === null ? null : Date.parse(value))

function sameField(name: FieldName, one: Content, other: Content): boolean {
  if (name === 'started_at' || name === 'ended_at') return instant(one[name]) === instant(other[name])
  if (name !== 'diagnoses') return one[name] === other[name]
  return one.diagnoses.length === other.diagnoses.length && one.diagnoses.every(({ code, description }, at) => code === other.diagnoses[at]?.code && description === other.diagnoses[at].description)
}

/** The same words in the same places; a section that is absent is an empty one. */
export function same(one: Content, other: Content): boolean {
  return keysOf(one.sections, other.sections).every((key) => textOf(one.sections, key) === textOf(other.sections, key)) && fieldNames.every((name) => sameField(name, one, other))
}

/** Changed on both sides, each in its own way. */
export type Clash = { kind: 'section'; key: string; mine: string; theirs: string } | { kind: 'field'; key: FieldName }
export type Merged = { content: Content; clashes: readonly Clash[]; /** Whether something of theirs came in. */ tookTheirs: boolean }

/** Three-way merge by section and field. Where both sides changed, `content` keeps mine and the clash says so. */
export function merge(base: Content, mine: Content, theirs: Content): Merged {
  const clashes: Clash[] = []
  const sections: Record<string, string> = {}
  for (const key of keysOf(mine.sections, theirs.sections, base.sections)) {
    const [before, ours, other] = [textOf(base.sections, key), textOf(mine.sections, key), textOf(theirs.sections, key)]
    sections[key] = ours === before ? other : ours
    if (ours !== before && other !== before && ours !== other) clashes.push({ kind: 'section', key, mine: ours, theirs: other })
  }
  let content: Content = { ...mine, sections }
  for (const name of fieldNames) {
    if (sameField(name, mine, base)) content = { ...content, [name]: theirs[name] }
    else if (!sameField(name, theirs, base) && !sameField(name, mine, theirs)) clashes.push({ kind: 'field', key: name })
  }
  return { content, clashes, tookTheirs: !same(content, mine) }
}
