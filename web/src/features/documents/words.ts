import { CircleAlert, FileX, ShieldAlert } from 'lucide-react'
import type { Schema } from '@/api/schema'

export type Document = Schema<'DocumentOut'>
export type Category = Document['category']

/** What a chart's document and a paper of the library have in common. */
export type Kept = Pick<Document, 'id' | 'title' | 'tags' | 'file_name' | 'mime_type' | 'is_shown' | 'version_number' | 'state' | 'status'>

/** Asks for an address of the file, good for a minute. `show`: to be looked at in the page. */
export type LinkTo = (id: string, show: boolean) => Promise<string>

export const categories: Record<Category, string> = {
  intake: 'Intake',
  consent: 'Consent',
  assessment: 'Assessment',
  treatment: 'Treatment',
  insurance: 'Insurance',
  identification: 'Identification',
  correspondence: 'Correspondence',
  other: 'Other',
}

export const categoryOptions = (Object.keys(categories) as Category[]).map((id) => ({ id, label: categories[id] }))

/** Whether a document is found by the words in it. */
export const wordsOf: Record<Document['words'], string> = {
  found: 'Search finds this document by its name and by the words in it.',
  waiting: 'The words in this document are being read. Until then search finds it by its name.',
  none: 'Search finds this document by its name only: it holds no words that can be read, like a picture or a scan.',
}

/** "840 KB", "2.4 MB" */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** ".pdf .jpg .docx" as people say it: "PDF, JPG or DOCX" */
export function listed(endings: readonly string[]): string {
  const names = endings.filter((ending) => ending !== '.jpeg').map((ending) => ending.slice(1).toUpperCase())
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`
}

/** What keeps a file from being opened, if anything does. */
export const troubles = {
  quarantined: { tone: 'red', icon: ShieldAlert, label: 'In quarantine', detail: 'The malware scanner objected to this file. It is kept apart, and administrators were told.' },
  missing: { tone: 'amber', icon: CircleAlert, label: 'File missing', detail: 'The file is not where it should be. Administrators were told.' },
  removed: { tone: 'grey', icon: FileX, label: 'File removed', detail: 'The file was removed once it no longer had to be kept. What was said of it stays.' },
} as const

export const troubleOf = ({ state }: Pick<Document, 'state'>) => (state === 'kept' ? null : troubles[state])
