import { queryClient } from '@/api/queries'
import { toast } from '@/ui/toast-queue'
import type { Incident } from '../incident-words'
import { breachQuery, incidentQuery } from '../queries'

/** What every change of an incident does once it is saved: the page shows the answer, and the dialog closes. */
export const changed = (incident: Incident, message: string, done?: () => void) => ({
  invalidates: ['/api/operations/incidents' as const, '/api/operations/incidents/summary' as const],
  onSuccess: (fresh: Incident) => {
    queryClient.setQueryData(incidentQuery(incident.id).queryKey, fresh)
    toast({ message })
    done?.()
  },
})

/** Fetches it anew, where somebody else was quicker. */
export const reload = (incident: Incident) => {
  for (const query of [incidentQuery(incident.id), breachQuery(incident.id)]) void queryClient.invalidateQueries({ queryKey: query.queryKey })
}

export const inPath = (incident: Incident) => ({ params: { path: { operations_incident_id: incident.id } } })
