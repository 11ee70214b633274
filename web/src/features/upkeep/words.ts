import type { Schema } from '@/api/schema'

export type Run = Schema<'RunOut'>
export type Clearing = NonNullable<Schema<'ClearingFilter'>['kind']>

export const isRunning = ({ finished_at }: Run): boolean => finished_at === null

export const kinds: Record<Run['kind'], string> = {
  check: 'Check',
  deep_check: 'Thorough check',
  archive: 'Archive old documents',
  remove_quarantined: 'Empty the quarantine',
  remove_superseded: 'Remove earlier versions',
}

/** What became of files a check met: a heading, and what to do. */
export const found: Record<Run['found'][number]['kind'], { label: string; advice: string }> = {
  missing: { label: 'missing or damaged', advice: 'Restore these from a backup of the home folder (or the bucket) and check again: then they open as before.' },
  without_row: { label: 'without a row in the database', advice: 'Is this database an older copy? Nothing of these is touched. Restore the newer database, or ask whoever runs the server.' },
  left_over: { label: 'left over by uploads that failed, removed', advice: '' },
  found_again: { label: 'back where they should be', advice: '' },
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB']

/** "840 KB", "2.4 MB", "50 GB": with 1024, as the quota is meant. */
export function sizeOf(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1)
  const size = bytes / 1024 ** power
  return `${power === 0 || size >= 100 ? Math.round(size) : Number(size.toFixed(1))} ${units[power] ?? ''}`
}

export const count = (number: number, one: string, many = `${one}s`): string => `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`

/** What came of a run, in one line. */
export function outcome(run: Run): string {
  if (run.failure) return run.failure
  if (isRunning(run)) return run.total > 0 ? `${run.done.toLocaleString('en-US')} of ${run.total.toLocaleString('en-US')}` : 'Waiting'
  if (run.kind === 'archive') return `${count(run.done, 'document')} archived`
  if (run.kind !== 'check' && run.kind !== 'deep_check') return `${count(run.done, 'file')} removed, ${sizeOf(run.size)}`
  const met = run.found.filter((each) => each.count > 0).map((each) => `${each.count.toLocaleString('en-US')} ${found[each.kind].label}`)
  return met.length === 0 ? `${count(run.done, 'file')}, all as they should be` : met.join('; ')
}

/** Whether somebody has to do something about it. */
export const hasTrouble = (run: Run): boolean => run.failure !== '' || run.found.some(({ kind, count: number }) => number > 0 && found[kind].advice !== '')
