import { pagedQuery, query } from '@/api/queries'
import type { Kind, Span } from './words'

export const checklistQuery = (kind: Kind) => query('/api/operations/checklists/{checklist}', { params: { path: { checklist: kind } } })
export const signedQuery = () => pagedQuery('/api/operations/signed-checklists')
export const performanceQuery = (span: Span) => query('/api/operations/performance', { params: { query: { span } } })
export const databaseQuery = () => query('/api/operations/database')
export const alertsQuery = (stage: 'standing' | 'resolved', severity: '' | 'warning' | 'critical' = '') => pagedQuery('/api/operations/alerts', { params: { query: { stage, severity } } })
export const alertRulesQuery = () => query('/api/operations/alert-rules')
export const alertWebhookQuery = () => query('/api/operations/alert-webhook')
export const staffQuery = () => query('/api/staff')

/** What is out of date once an alert has moved on. */
export const alertReads = ['/api/operations/alerts', '/api/operations/alerts/summary'] as const
