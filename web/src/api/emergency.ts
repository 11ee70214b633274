import { useQuery } from '@tanstack/react-query'
import { query } from './queries'
import type { Schema } from './schema'
import { useMe } from './me'

export type EmergencyAccess = Schema<'EmergencyAccessOut'>

/** The charts that are open to the person by emergency access at this moment. */
export const runningEmergencyQuery = () => ({ ...query('/api/emergency-access', { params: { query: { whose: 'mine', state: 'running' } } }), refetchOnWindowFocus: false })

/** Those of them that the clock here has not ended yet, earliest end first. */
export function useRunningEmergencies(): readonly EmergencyAccess[] {
  const me = useMe()
  const { data } = useQuery({ ...runningEmergencyQuery(), enabled: me.can.includes('break_glass') })
  return data?.items ?? []
}

/** Whether this chart is open by emergency access, so for reading only. mentalspace/clients/policies.py: has_emergency_access */
export const useIsEmergency = (clientId: string): boolean => useRunningEmergencies().some(({ client_id }) => client_id === clientId)
