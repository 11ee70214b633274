import { pagedQuery, query } from '@/api/queries'
import type { Kind, Span } from './words'

export const checklistQuery = (kind: Kind) => query('/api/operations/checklists/{checklist}', { params: { path: { checklist: kind } } })
export const signedQuery = () => pagedQuery('/api/operations/signed-checklists')
export const performanceQuery = (span: Span) => query('/api/operations/performance', { params: { query: { span } } })
export const maintenanceQuery = () => query('/api/operations/maintenance')
export const maintenanceRunsQuery = () => pagedQuery('/api/operations/maintenance-runs')
export const databaseQuery = () => query('/api/operations/database')
export const alertsQuery = (stage: 'standing' | 'resolved', severity: '' | 'warning' | 'critical' = '') => pagedQuery('/api/operations/alerts', { params: { query: { stage, severity } } })
export const alertRulesQuery = () => query('/api/operations/alert-rules')
export const alertWebhookQuery = () => query('/api/operations/alert-webhook')
export const repairsQuery = () => query('/api/operations/repairs')
export const paperQuery = (day: string) => query('/api/downtime/paper', { params: { query: { day } } })
export const staffQuery = () => query('/api/staff')

/** What is out of date once an alert has moved on. */
export const alertReads = ['/api/operations/alerts', '/api/operations/alerts/summary'] as const

const one = (incidentId: string) => ({ params: { path: { operations_incident_id: incidentId } } })
export const incidentsQuery = (state: 'open' | 'over') => pagedQuery('/api/operations/incidents', { params: { query: { state } } })
export const incidentQuery = (incidentId: string) => query('/api/operations/incidents/{operations_incident_id}', one(incidentId))
export const incidentSummaryQuery = () => query('/api/operations/incidents/summary')
export const linkableQuery = () => query('/api/operations/incidents/linkable')
export const incidentRulesQuery = () => query('/api/operations/incident-rules')
export const onCallQuery = () => query('/api/operations/on-call')
export const extractsQuery = (incidentId: string) => query('/api/operations/incidents/{operations_incident_id}/extracts', one(incidentId))
export const breachQuery = (incidentId: string) => query('/api/operations/incidents/{operations_incident_id}/breach', one(incidentId))
export const affectedQuery = (incidentId: string) => pagedQuery('/api/operations/incidents/{operations_incident_id}/breach/people', one(incidentId))

/** What is out of date once an incident has moved on. */
export const incidentReads = ['/api/operations/incidents', '/api/operations/incidents/{operations_incident_id}', '/api/operations/incidents/summary'] as const
