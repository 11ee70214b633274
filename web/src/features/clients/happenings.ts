/** A chart's timeline in words and groups. */
import { CalendarDays, ChartLine, FileText, Megaphone, Stethoscope, type LucideIcon } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { formatMonth, localDate } from '@/lib/dates'
import { noteLooks, stateLook, type Look } from '@/lib/looks'
import { paths } from '@/lib/paths'
import type { Tone } from '@/ui/tones'

export type Happening = Schema<'TimelineItem'>
export type Kind = Happening['kind']

export const kindWords: Record<Kind, string> = { appointment: 'Sessions', note: 'Notes', measure: 'Measures', diagnosis: 'Diagnoses', alert: 'Alerts' }
export const kinds: readonly Kind[] = ['appointment', 'note', 'measure', 'diagnosis', 'alert']

const looks: Record<Kind, { tone: Tone; icon: LucideIcon }> = {
  appointment: { tone: 'blue', icon: CalendarDays },
  note: { tone: 'green', icon: FileText },
  measure: { tone: 'violet', icon: ChartLine },
  diagnosis: { tone: 'teal', icon: Stethoscope },
  alert: { tone: 'red', icon: Megaphone },
}
export const lookOf = ({ kind, status }: Happening): { tone: Tone; icon: LucideIcon } => {
  if (kind === 'note' && status === 'draft') return noteLooks.draft
  return status === 'Cancelled' || status === 'Rescheduled' || status === 'ended' ? { ...looks[kind], tone: 'grey' } : looks[kind]
}

/** Where one reads more: a note on its page, a session in the calendar of its day. */
export function hrefOf({ kind, id, at }: Happening, zone: string): string | null {
  if (kind === 'note') return paths.note(id)
  return kind === 'appointment' ? paths.calendarSession(localDate(at, zone), id) : null
}

const ordinary = new Set(['Completed', 'signed', 'Confirmed'])

/** A state as the whole product writes it; loud where it is not the ordinary course of things. Null for what is simply in force. */
export function stateOf({ status, at }: Happening, now: Date): (Look & { isLoud: boolean }) | null {
  if (status === '' || status === 'active') return null
  const isAhead = status === 'Scheduled' && Date.parse(at) > now.getTime()
  return { ...stateLook(status), isLoud: !ordinary.has(status) && !isAhead }
}

export type Group = { title: string; items: Happening[] }

/** Newest first, by month; what is still to come stands apart, the soonest last. */
export function grouped(items: readonly Happening[], zone: string, now: Date): { coming: Happening[]; past: Group[] } {
  const isComing = ({ kind, at }: Happening) => kind === 'appointment' && Date.parse(at) > now.getTime()
  const past: Group[] = []
  for (const item of items.filter((one) => !isComing(one))) {
    const title = formatMonth(localDate(item.at, zone))
    const last = past.at(-1)
    if (last?.title === title) last.items.push(item)
    else past.push({ title, items: [item] })
  }
  return { coming: items.filter(isComing), past }
}

const isOff = ({ status }: Happening): boolean => ['Cancelled', 'Rescheduled', 'No Show'].includes(status)

/** The session before and after now, as far as the newest page of sessions tells: undefined is "not known", null is "none". */
export function nearest(items: readonly Happening[], isWhole: boolean, now: Date): { next: Happening | null | undefined; last: Happening | null | undefined } {
  const sessions = items.filter((item) => item.kind === 'appointment' && !isOff(item))
  const reachesPast = isWhole || items.some(({ at }) => Date.parse(at) <= now.getTime())
  const next = sessions.filter(({ at }) => Date.parse(at) > now.getTime()).at(-1)
  const last = sessions.find(({ at }) => Date.parse(at) <= now.getTime())
  return { next: reachesPast ? (next ?? null) : undefined, last: last ?? (isWhole ? null : undefined) }
}
