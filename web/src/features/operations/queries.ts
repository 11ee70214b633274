import { pagedQuery, query } from '@/api/queries'
import type { Kind, Span } from './words'

export const checklistQuery = (kind: Kind) => query('/api/operations/checklists/{checklist}', { params: { path: { checklist: kind } } })
export const signedQuery = () => pagedQuery('/api/operations/signed-checklists')
export const performanceQuery = (span: Span) => query('/api/operations/performance', { params: { query: { span } } })
export const databaseQuery = () => query('/api/operations/database')
