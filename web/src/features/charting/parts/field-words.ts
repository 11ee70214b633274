import { formatDay, formatMoment } from '@/lib/dates'
import type { Content, FieldName } from '../content'

export const fieldLabels: Record<FieldName, string> = { note_format: 'Format', service_date: 'Service date', started_at: 'Actual start', ended_at: 'Actual end', diagnoses: 'Diagnoses' }

/** A field beside the text, in words. */
export function fieldWords(name: FieldName, content: Content, zone: string): string {
  if (name === 'note_format') return content.note_format
  if (name === 'service_date') return formatDay(content.service_date, zone)
  if (name === 'diagnoses') return content.diagnoses.map(({ code, description }) => `${code} ${description}`).join('\n')
  const instant = content[name]
  return instant === null ? '' : formatMoment(instant, zone)
}
