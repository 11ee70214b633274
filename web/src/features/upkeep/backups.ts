import type { Schema } from '@/api/schema'

export type Backups = Schema<'BackupsOut'>
export type Backup = Backups['backups'][number]
export type Drill = Backups['drills'][number]
export type Step = Drill['steps'][number]

/** What is overdue, in words, and what to do. */
export const overdue: Record<Backups['overdue'][number], string> = {
  backup: 'No backup was finished for more than 26 hours.',
  drill: 'No restore drill passed for more than 26 hours: nobody has shown that these backups can be restored.',
  log: 'What is written now is not being backed up. Tell whoever runs the server.',
  away: 'The disk that backups go to cannot be reached. Tell whoever runs the server.',
}

export const steps: Record<Step['name'], string> = {
  backup: 'Last night’s backup',
  marker: 'A moment to go back to',
  restore: 'Restored beside the live database',
  rows: 'Rows compared',
  structure: 'Tables and indexes',
  audit: 'Audit chain',
  files: 'Files decrypted',
  access: 'Who may see what',
}

export const kinds: Record<Backup['kind'], string> = { daily: 'Daily', asked: 'Asked for' }

/** "12 seconds", "4 minutes", "3 hours": how far behind. */
export function duration(seconds: number): string {
  const [size, unit] = seconds < 90 ? [Math.round(seconds), 'second'] : seconds < 5_400 ? [Math.round(seconds / 60), 'minute'] : [Math.round(seconds / 3_600), 'hour']
  return `${size} ${unit}${size === 1 ? '' : 's'}`
}

/** A moment as the command takes it: to the second, never later than what is there. */
export const asTyped = (moment: string): string => `${new Date(Math.floor(Date.parse(moment) / 1_000) * 1_000).toISOString().slice(0, 19)}Z`

/** What did not pass, for one line. */
export const trouble = ({ steps: done }: Drill): Step[] => done.filter(({ state }) => state !== 'passed')
