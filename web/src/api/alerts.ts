import { useQuery } from '@tanstack/react-query'
import { useLive } from './live'
import { useMe } from './me'
import { query } from './queries'
import type { Schema } from './schema'

export type AlertSummary = Schema<'AlertSummaryOut'>

const summaryQuery = () => ({ ...query('/api/operations/alerts/summary'), refetchOnWindowFocus: false })

/** How many alerts stand, and whether anything looks at all, for those who run operations; asked for like the bell's number. */
export function useAlertSummary(): AlertSummary | null {
  const runs = useMe().can.includes('run_operations')
  const asked = summaryQuery()
  const { data } = useQuery({ ...asked, enabled: runs })
  useLive(asked, runs ? 60_000 : null)
  return (runs && data) || null
}
