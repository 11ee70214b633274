import { pagedQuery, query } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { momentsOf, type TrailFilter } from './filter'

export type Line = Schema<'LineOut'>
export type Incident = Schema<'IncidentOut'>
export type Severity = Incident['severity']
export type Status = Incident['status']
export type Rule = Schema<'RuleOut'>

/** What the server is asked for. */
export function asked({ person, client, action, severity, ...days }: TrailFilter, zone: string): Schema<'TrailQuery'> {
  return { person, client, action: action ?? '', severity: severity ?? '', event: '', ...momentsOf(days, zone) }
}

export const trailQuery = (filter: TrailFilter, zone: string) => pagedQuery('/api/audit', { params: { query: asked(filter, zone) } })
export const lineQuery = (line_id: string) => query('/api/audit/{line_id}', { params: { path: { line_id } } })
export const countQuery = (filter: TrailFilter, zone: string) => ({ ...query('/api/audit/count', { params: { query: asked(filter, zone) } }), staleTime: 0 })
export const seenQuery = (span: { person: string; since: string; until: string }) => pagedQuery('/api/audit/seen', { params: { query: span } })
export const savedQuery = () => query('/api/audit/queries')
export const verificationsQuery = () => query('/api/audit/verifications')
export const retentionQuery = () => query('/api/audit/retention')
export const reportQuery = () => query('/api/security/report')
export const rulesQuery = () => query('/api/security/rules')
export const incidentsQuery = (filter: { status: Status | 'unresolved' | ''; mine: boolean }) => pagedQuery('/api/security/incidents', { params: { query: filter } })
export const incidentQuery = (incident_id: string) => query('/api/security/incidents/{incident_id}', { params: { path: { incident_id } } })
export const staffQuery = () => ({ ...query('/api/staff'), staleTime: 5 * 60_000 })
export const clientHitsQuery = (q: string) => query('/api/clients/search', { params: { query: { q } } })
