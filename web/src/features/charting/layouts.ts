/** The sections of a format, and text that was typed under another one. Formats are the server's: GET /api/note-formats. */
import type { Schema } from '@/api/schema'
import { isBlank, textOf, type NoteFormat, type Sections } from './content'

export type Formats = Schema<'NoteFormatOut'>[]
export type Section = Schema<'SectionOut'>

export const layoutOf = (formats: Formats, format: NoteFormat): Section[] => formats.find(({ note_format }) => note_format === format)?.sections ?? []

/** Sections that hold text and are not in this format: shown below it, so that changing the format loses nothing. */
export function besides(formats: Formats, format: NoteFormat, sections: Sections): Section[] {
  const inside = new Set(layoutOf(formats, format).map(({ key }) => key))
  const all = new Map(formats.flatMap((one) => one.sections).map((section) => [section.key, section]))
  return [...all.values()].filter(({ key }) => !inside.has(key) && !isBlank(textOf(sections, key)))
}

/** The keys in the order of the formats, for texts of which only the keys are known. */
export function inOrder(formats: Formats, keys: readonly string[]): string[] {
  const order = formats.flatMap(({ sections }) => sections).map(({ key }) => key)
  return [...keys].sort((one, other) => order.indexOf(one) - order.indexOf(other))
}

export function labelOf(formats: Formats, key: string): string {
  return formats.flatMap(({ sections }) => sections).find((section) => section.key === key)?.label ?? key
}
