import { useInfiniteQuery } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { useMemo } from 'react'
import { prefetch } from '@/api/queries'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { SkeletonRows } from '@/ui/Skeleton'
import { MessagesFrame } from '../parts/MessagesFrame'
import { StopTable } from '../parts/StopTable'
import { stopsQuery } from '../queries'

export const loader = () => prefetch(stopsQuery())

export function Component() {
  return (
    <MessagesFrame tab="stopped">
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        <Stops />
      </Card>
    </MessagesFrame>
  )
}

function Stops() {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(stopsQuery())
  const stops = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  if (error && stops.length === 0) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (isPending) return <SkeletonRows rows={6} label="Loading stopped addresses" />
  if (stops.length === 0) {
    return (
      <EmptyState icon={MailCheck} title="No address is stopped">
        When mail to an address comes back, or somebody wants no more, it stands here with what to do.
      </EmptyState>
    )
  }
  return (
    <>
      <StopTable stops={stops} />
      <LoadMore hasMore={hasNextPage} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
        Show older stops
      </LoadMore>
    </>
  )
}
