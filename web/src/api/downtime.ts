import { useQuery } from '@tanstack/react-query'
import { useLive } from './live'
import { query } from './queries'
import type { Schema } from './schema'

export type Downtime = Schema<'StandingOut'>

/** Whether the product is read-only now; every page asks each minute, and whoever was refused because of it asks at once. */
export const downtimeQuery = () => ({ ...query('/api/downtime'), refetchOnWindowFocus: false })

/** Why nothing can be changed now; null while everything works. */
export function useDowntime(): Downtime | null {
  const asked = downtimeQuery()
  const { data } = useQuery(asked)
  useLive(asked)
  return data?.standing ?? null
}
