import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { BellOff, CheckCheck } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { refreshPassively } from '@/api/live'
import { notificationReads, notificationsQuery, type Notification } from '@/api/notifications'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { Panel } from '@/ui/Panel'
import { SkeletonRows } from '@/ui/Skeleton'
import { NotificationRow } from './NotificationRow'

/** What the person was told, the newest first: what is unread, then the rest. `unread` is how many wait, as the bell knows. */
export function NotificationsPanel({ unread, onClose }: { unread: number; onClose: () => void }) {
  const asked = notificationsQuery()
  const { data, error, refetch, isRefetching, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(asked)
  useFollowing(unread)
  const rows = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Panel title="Notifications" open onClose={onClose} footer={unread > 0 && rows.length > 0 ? <ReadAll rows={rows} /> : undefined}>
      {error && !data ? (
        <ErrorState title={error.title} busy={isRefetching} onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      ) : !data ? (
        <SkeletonRows rows={5} label="Loading notifications" />
      ) : rows.length === 0 ? (
        <EmptyState icon={BellOff} title="Nothing yet" level={3}>
          What others do to your appointments, and what needs you, is told here.
        </EmptyState>
      ) : (
        <>
          <Group title="Unread" rows={rows.filter(({ read_at }) => read_at === null)} onClose={onClose} />
          <Group title="Earlier" rows={rows.filter(({ read_at }) => read_at !== null)} onClose={onClose} />
          <LoadMore hasMore={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
            Show more notifications
          </LoadMore>
        </>
      )}
    </Panel>
  )
}

function Group({ title, rows, onClose }: { title: string; rows: Notification[]; onClose: () => void }) {
  if (rows.length === 0) return null
  return (
    <section aria-label={title} className="pb-4">
      <h3 className="pb-1 text-12 font-medium text-muted">{title}</h3>
      <ul className="-mx-2 flex flex-col">
        {rows.map((row) => (
          <NotificationRow key={row.id} row={row} onOpen={onClose} />
        ))}
      </ul>
    </section>
  )
}

/** Up to the newest one on screen: what came in the meantime has not been read by anybody. */
function ReadAll({ rows }: { rows: Notification[] }) {
  const read = useApiMutation('post', '/api/notifications/reading', { invalidates: [...notificationReads] })
  const newest = rows[0]?.created_at ?? ''
  return (
    <>
      {read.error && (
        <Alert tone="danger" className="w-full">
          {read.error.detail}
        </Alert>
      )}
      <Button icon={CheckCheck} busy={read.isPending} onPress={() => read.mutate({ body: { until: newest } })}>
        Mark all as read
      </Button>
    </>
  )
}

/** When the bell learns of more while this is open, the list is fetched again, as quietly as the bell asked. */
function useFollowing(unread: number) {
  const client = useQueryClient()
  const known = useRef(unread)
  useEffect(() => {
    if (unread > known.current) void refreshPassively(client, notificationsQuery().queryKey)
    known.current = unread
  }, [client, unread])
}
