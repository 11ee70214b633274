import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Mails, SearchX } from 'lucide-react'
import { useMemo } from 'react'
import { useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { meQuery, useMe } from '@/api/me'
import { prefetch, queryClient } from '@/api/queries'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { SkeletonRows } from '@/ui/Skeleton'
import { runsOutbox } from '../can'
import { filterOf, isEverything, withFilter, type OutboxFilter } from '../filter'
import { FolderBanner } from '../parts/FolderBanner'
import { MessagePanel } from '../parts/MessagePanel'
import { MessagesFrame } from '../parts/MessagesFrame'
import { NotYours } from '../parts/NotYours'
import { OutboxFilters } from '../parts/OutboxFilters'
import { OutboxTable } from '../parts/OutboxTable'
import { carriersQuery, outboxQuery } from '../queries'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

/** Asked for only by who may: a refused look is in the trail. */
export async function loader({ request }: LoaderFunctionArgs) {
  const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
  return runsOutbox(me) ? prefetch(outboxQuery(filterOf(new URL(request.url).searchParams)), carriersQuery()) : null
}

export function Component() {
  return runsOutbox(useMe()) ? <Outbox /> : <NotYours />
}

function Outbox() {
  const zone = useMe().practice.timezone
  const [address, setAddress] = useSearchParams()
  const filter = filterOf(address)
  const go = (next: URLSearchParams) => setAddress(next, { replace: true, preventScrollReset: true })
  const withMessage = (id: string | null) => {
    const next = new URLSearchParams(address)
    if (id === null) next.delete('message')
    else next.set('message', id)
    return next
  }
  return (
    <MessagesFrame tab="outbox">
      <FolderBanner />
      <OutboxFilters filter={filter} onChange={(change) => go(withFilter(address, change))} />
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        <Messages filter={filter} zone={zone} hrefOf={(id) => `${paths.messages()}?${withMessage(id).toString()}`} onEverything={() => go(new URLSearchParams())} />
      </Card>
      <MessagePanel messageId={address.get('message')} zone={zone} onClose={() => go(withMessage(null))} />
    </MessagesFrame>
  )
}

type MessagesProps = { filter: OutboxFilter; zone: string; hrefOf: (messageId: string) => string; onEverything: () => void }

function Messages({ filter, zone, hrefOf, onEverything }: MessagesProps) {
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...outboxQuery(filter), placeholderData: keepPreviousData })
  const messages = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  if (error && messages.length === 0) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (isPending) return <SkeletonRows rows={10} label="Loading the outbox" />
  if (messages.length === 0) {
    return isEverything(filter) ? (
      <EmptyState icon={Mails} title="Nothing has been written yet">
        Invitations, reminders and notices stand here from the moment something causes them.
      </EmptyState>
    ) : (
      <EmptyState icon={SearchX} title="No message is like this" action={<Button onPress={onEverything}>Show all messages</Button>}>
        {filter.state === 'failed' ? 'Nothing has failed.' : 'Nothing in the outbox matches.'}
      </EmptyState>
    )
  }
  return (
    <div aria-busy={isPlaceholderData} className="aria-busy:opacity-60">
      <OutboxTable messages={messages} zone={zone} hrefOf={({ id }) => hrefOf(id)} />
      <LoadMore hasMore={hasNextPage && !isPlaceholderData} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
        Show older messages
      </LoadMore>
    </div>
  )
}
