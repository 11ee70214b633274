import { pagedQuery, query } from '@/api/queries'

export const myAccessQuery = () => pagedQuery('/api/emergency-access', { params: { query: { whose: 'mine' } } })
/** What others had, and this person may review: `open` is running or not reviewed yet. */
export const othersAccessQuery = (state: 'open' | 'reviewed') => pagedQuery('/api/emergency-access', { params: { query: { whose: 'others', state } } })
export const accessQuery = (access_id: string) => query('/api/emergency-access/{access_id}', { params: { path: { access_id } } })
