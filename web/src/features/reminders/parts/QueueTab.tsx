import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { BellOff, SearchX } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useMe } from '@/api/me'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'
import { LoadMore } from '@/ui/LoadMore'
import { Select } from '@/ui/Select'
import { SkeletonRows } from '@/ui/Skeleton'
import { setsReminders } from '../can'
import { remindersQuery, settingsQuery, type Filter } from '../queries'
import { channelOptions, filterOf, stateOptions } from '../words'
import { RemindersTable } from './RemindersTable'

/** Every message about appointments that the person may know of, by state. */
export function QueueTab() {
  const [address, setAddress] = useSearchParams()
  const filter = filterOf(address)
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(address)
    next.set(name, value)
    setAddress(next, { replace: true, preventScrollReset: true })
  }
  return (
    <>
      <WhetherOn />
      <div role="group" aria-label="Show" className="flex flex-wrap items-end gap-3 pb-3">
        <Select label="State" className="w-40" options={stateOptions} value={filter.status || 'all'} onChange={(id) => choose('status', id)} />
        <Select label="Channel" className="w-40" options={channelOptions} value={filter.channel || 'all'} onChange={(id) => choose('channel', id)} />
      </div>
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        <Rows filter={filter} onEverything={() => setAddress({ status: 'all' }, { replace: true })} />
      </Card>
    </>
  )
}

/** Why nothing goes, when nothing does. */
function WhetherOn() {
  const me = useMe()
  const { data } = useQuery(settingsQuery())
  if (!data) return null
  const action = setsReminders(me) && (
    <LinkButton size="sm" href={paths.remindersTab('settings')}>
      Settings
    </LinkButton>
  )
  if (!data.enabled) {
    return (
      <Alert className="mb-3" title="Reminders are off" action={action}>
        Nobody is reminded of appointments until they are turned on.
      </Alert>
    )
  }
  return data.agreed === 0 ? (
    <Alert className="mb-3" title="No client has agreed to messages yet">
      Record each client’s consent under Details in their chart. Nothing is sent without it.
    </Alert>
  ) : null
}

function Rows({ filter, onEverything }: { filter: Filter; onEverything: () => void }) {
  const { practice } = useMe()
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...remindersQuery(filter), placeholderData: keepPreviousData })
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  if (error && rows.length === 0) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (isPending) return <SkeletonRows rows={10} label="Loading reminders" />
  if (rows.length === 0) {
    const isEverything = filter.status === '' && filter.channel === ''
    return isEverything ? (
      <EmptyState icon={BellOff} title="No messages yet">
        They are planned when an appointment is booked for a client who agreed to them.
      </EmptyState>
    ) : (
      <EmptyState icon={SearchX} title="None of these" action={<Button onPress={onEverything}>Show all</Button>}>
        No message is in this state.
      </EmptyState>
    )
  }
  return (
    <div aria-busy={isPlaceholderData} className="aria-busy:opacity-60">
      <RemindersTable rows={rows} zone={practice.timezone} />
      <LoadMore hasMore={hasNextPage && !isPlaceholderData} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
        Show more
      </LoadMore>
    </div>
  )
}
