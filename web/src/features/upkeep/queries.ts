import { useQuery } from '@tanstack/react-query'
import { useLive } from '@/api/live'
import { query } from '@/api/queries'
import { isRunning, type Clearing } from './words'

export const storageQuery = () => query('/api/storage')
export const largestQuery = () => query('/api/storage/largest')
export const runsQuery = () => query('/api/storage/runs')

/** The latest pieces of upkeep: looked at again while one runs, which is nobody's work and keeps nobody signed in. */
export function useRuns() {
  const found = useQuery(runsQuery())
  useLive(runsQuery(), found.data?.some(isRunning) ? 2_000 : null)
  return found
}

/** What a clearing up would touch now. */
export const previewQuery = (kind: Clearing, older_than_years: number, only_former: boolean) => query('/api/storage/preview', { params: { query: { kind, older_than_years, only_former } } })

export const backupsQuery = () => query('/api/backups')

/** How backups stand: looked at every few seconds while one runs, else twice a minute, which is nobody's work. */
export function useBackups() {
  const found = useQuery({ ...backupsQuery(), refetchOnWindowFocus: false })
  useLive(backupsQuery(), found.data && (found.data.backup_runs || found.data.drill_runs) ? 2_000 : 30_000)
  return found
}
