/** What the note pages offer; the server decides. Each function names the rule it mirrors. */
import type { Schema } from '@/api/schema'
import { isBlank, textOf, type Content, type Note } from './content'

export type Missing = Schema<'MissingOut'>

/** mentalspace/charting/queries.py: whole (may_write): an author's own draft */
export const writes = (note: Note): boolean => note.may_write
/** mentalspace/charting/queries.py: whole (may_amend); rules.py: may_amend */
export const amends = (note: Note): boolean => note.may_amend

/** mentalspace/charting/rules.py: missing_items, on the text as it stands in the editor. */
export function missingItems(content: Content, layout: Note['layout']): Missing[] {
  const empty = layout.filter(({ key, required }) => required && isBlank(textOf(content.sections, key)))
  return [
    ...(content.diagnoses.length === 0 ? [{ section_key: 'diagnoses', message: 'At least one diagnosis is needed.' }] : []),
    ...empty.map(({ key, label }) => ({ section_key: key, message: `${label} is empty.` })),
  ]
}

/** mentalspace/charting/rules.py: may_sign. Why not now, as a sentence; null when one may. */
export function whyNotSign(note: Note, missing: readonly Missing[], hasClash: boolean): string | null {
  if (hasClash) return 'Another tab changed this note. Compare the two versions first.'
  if (!note.may_sign) return 'There is no session to sign a note for yet: it has not started, or it was called off.'
  if (missing.length > 0) return `Not complete yet: ${missing.map(({ message }) => message.replace(/\.$/, '').replace(/^At/, 'at')).join(', ')}.`
  return null
}
