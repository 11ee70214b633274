import { query } from '@/api/queries'
import type { Clearing } from './words'

export const storageQuery = () => query('/api/storage')
export const largestQuery = () => query('/api/storage/largest')
export const runsQuery = () => query('/api/storage/runs')

/** What a clearing up would touch now. */
export const previewQuery = (kind: Clearing, older_than_years: number, only_former: boolean) => query('/api/storage/preview', { params: { query: { kind, older_than_years, only_former } } })
