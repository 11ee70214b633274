/** Outcome measures in words: ranges and bands of the instruments we know, and what changed. */
import type { Schema } from '@/api/schema'
import { formatPlainDate, localDate } from '@/lib/dates'
import type { Tone } from '@/ui/tones'

export type Series = Schema<'MeasureSeries'>
type Band = readonly [from: number, word: string]
type Instrument = { most: number; bands: readonly Band[]; /** From here on a score counts as a positive screen. */ cutOff: number }

/** Kroenke 2001 (PHQ-9), Spitzer 2006 (GAD-7). Lower is better in both. */
const instruments: Record<string, Instrument> = {
  'PHQ-9': { most: 27, cutOff: 10, bands: [[20, 'severe'], [15, 'moderately severe'], [10, 'moderate'], [5, 'mild'], [0, 'minimal']] },
  'GAD-7': { most: 21, cutOff: 10, bands: [[15, 'severe'], [10, 'moderate'], [5, 'mild'], [0, 'minimal']] },
}

export const bandOf = (instrument: string, score: number): string | null => instruments[instrument]?.bands.find(([from]) => score >= from)?.[1] ?? null

export const cutOffOf = (instrument: string): number | null => instruments[instrument]?.cutOff ?? null

const bandTones: Record<string, Tone> = { severe: 'red', 'moderately severe': 'red', moderate: 'amber', mild: 'teal', minimal: 'green' }
export const bandTone = (band: string): Tone => bandTones[band] ?? 'grey'

/** What the line is drawn between: the instrument's own range, else what was measured. */
export function rangeOf({ instrument, lowest, highest }: Series): [number, number] {
  const known = instruments[instrument]
  if (known) return [0, known.most]
  return lowest === highest ? [lowest - 1, highest + 1] : [lowest, highest]
}

/** "4 lower than before", "same as before"; null for a first result. */
export function changeOf({ points }: Series): string | null {
  const [before, last] = points.slice(-2)
  if (!before || !last) return null
  const by = Math.round((last.score - before.score) * 100) / 100
  if (by === 0) return 'same as before'
  return `${Math.abs(by)} ${by < 0 ? 'lower' : 'higher'} than before`
}

/** The line in words, for those who cannot see it. */
export function inWords(series: Series, zone: string): string {
  const [first, last] = [series.points[0], series.points.at(-1)]
  if (!first || !last) return `${series.instrument}: no results`
  const on = (at: string) => formatPlainDate(localDate(at, zone))
  if (series.points.length === 1) return `${series.instrument}: ${last.score} on ${on(last.taken_at)}`
  const band = bandOf(series.instrument, last.score)
  return `${series.instrument}, ${series.points.length} results from ${on(first.taken_at)} to ${on(last.taken_at)}: first ${first.score}, last ${last.score}${band ? ` (${band})` : ''}, ${changeOf(series) ?? ''}; lowest ${series.lowest}, highest ${series.highest}`
}
