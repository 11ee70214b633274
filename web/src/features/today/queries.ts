import { query } from '@/api/queries'

/** One day as this person works it; no day given: today, by the practice's clock. */
export const todayQuery = (day: string | null) => ({ ...query('/api/today', day === null ? {} : { params: { query: { day } } }), refetchOnWindowFocus: false })
