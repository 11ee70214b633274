import { useState } from 'react'
import { addDays, localDate, localTime, minutesBetween, formatMinutes, today, toInstant } from '@/lib/dates'
import { DatePicker } from '@/ui/DatePicker'
import { Select } from '@/ui/Select'
import { TimeField } from '@/ui/TimeField'
import type { Content, NoteFormat } from '../content'
import type { Formats } from '../layouts'
import { placeOf } from './Outline'

type Change = (change: (content: Content) => Content) => void
type Props = { content: Content; formats: Formats; zone: string; onChange: Change }
type Times = { start: string | null; end: string | null }

/** The day, the actual times and the format. Times that cannot be are said so here and not saved. */
export function SessionFacts({ content, formats, zone, onChange }: Props) {
  const { note_format, service_date, started_at, ended_at } = content
  const clock = (instant: string | null) => (instant === null ? null : localTime(instant, zone))
  const [wrong, setWrong] = useState<Times | null>(null)
  const times = wrong ?? { start: clock(started_at), end: clock(ended_at) }
  const instantOf = (time: string | null, before: string | null) => (time === null ? before : toInstant(before === null ? service_date : localDate(before, zone), time, zone))
  const setTimes = (next: Times) => {
    const [start, end] = [instantOf(next.start, started_at), instantOf(next.end, ended_at)]
    const impossible = start !== null && end !== null && Date.parse(end) < Date.parse(start)
    setWrong(impossible ? next : null)
    if (!impossible) onChange((now) => ({ ...now, started_at: start, ended_at: end }))
  }
  const setDay = (day: string | null) => {
    if (day === null) return
    const days = Math.round((Date.parse(day) - Date.parse(service_date)) / 86_400_000)
    const moved = (instant: string | null) => (instant === null ? null : toInstant(addDays(localDate(instant, zone), days), localTime(instant, zone), zone))
    onChange((now) => ({ ...now, service_date: day, started_at: moved(started_at), ended_at: moved(ended_at) }))
  }
  const length = !wrong && started_at && ended_at ? formatMinutes(minutesBetween(started_at, ended_at)) : null
  return (
    <div id={placeOf('service_date')} className="grid scroll-mt-44 grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-3">
      <DatePicker label="Service date" value={service_date} onChange={setDay} max={today(zone)} />
      <TimeField label="Actual start" value={times.start} onChange={(start) => setTimes({ ...times, start })} />
      <TimeField label="Actual end" value={times.end} onChange={(end) => setTimes({ ...times, end })} error={wrong ? 'The session cannot end before it starts. Not saved until it fits.' : undefined} hint={length ?? undefined} />
      <Select label="Format" options={formats.map((one) => ({ id: one.note_format, label: one.label }))} value={note_format} onChange={(format: NoteFormat) => onChange((now) => ({ ...now, note_format: format }))} />
    </div>
  )
}
