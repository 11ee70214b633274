import { useQuery } from '@tanstack/react-query'
import { useLive } from './live'
import { pagedQuery, query } from './queries'
import type { Schema } from './schema'

export type Notification = Schema<'TellingOut'>

const unreadQuery = () => ({ ...query('/api/notifications/unread'), refetchOnWindowFocus: false })
export const notificationsQuery = () => ({ ...pagedQuery('/api/notifications'), refetchOnWindowFocus: false })

/** What is out of date once something was read. */
export const notificationReads = ['/api/notifications', '/api/notifications/unread'] as const

/**
 * How many notifications wait. Asked for every minute by the tab that is looked at, and when one comes back to it: a number
 * a minute costs less than a connection that each open tab would hold, and a worker thread with it. It keeps nobody signed in.
 */
export function useUnread(): number {
  const asked = unreadQuery()
  const { data } = useQuery(asked)
  useLive(asked)
  return data?.unread ?? 0
}
