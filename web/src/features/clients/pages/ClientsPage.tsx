import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Lock, UserPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useLocation, useNavigate, useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import { useDebounced } from '@/lib/debounce'
import { paths } from '@/lib/paths'
import { useKeys } from '@/lib/use-keys'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { PageHeader } from '@/ui/PageHeader'
import { SkeletonRows } from '@/ui/Skeleton'
import { addsClients, hasOwnClients, seesClients } from '../can'
import { filterOf, withFilter, type ClientFilter } from '../filter'
import { NewClientPanel } from '../forms/NewClientPanel'
import { ClientFilters } from '../parts/ClientFilters'
import { ClientTable } from '../parts/ClientTable'
import { LoadMore } from '../parts/LoadMore'
import { NoClients } from '../parts/NoClients'
import { clientsQuery } from '../queries'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

export const loader = ({ request }: LoaderFunctionArgs) => prefetch(clientsQuery(filterOf(new URL(request.url).searchParams)))

export function Component() {
  const me = useMe()
  if (seesClients(me)) return <Clients />
  return (
    <EmptyState icon={Lock} title="Charts are not part of your role" level={1}>
      Clients are seen by those who treat them, the front desk and administrators. If your work needs it, ask an administrator of your practice.
    </EmptyState>
  )
}

/** The list's filter: in the address, but for the words searched for, which stay in this tab's history and come back with Back. */
function useClientFilter() {
  const [address] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()
  const kept: unknown = location.state
  const [text, setText] = useState(typeof kept === 'object' && kept !== null && 'q' in kept && typeof kept.q === 'string' ? kept.q : '')
  const filter = filterOf(address, useDebounced(text.trim(), 150))
  const go = (next: URLSearchParams, q: string) => void navigate({ search: next.toString() }, { replace: true, state: { q }, preventScrollReset: true })
  return {
    filter,
    text,
    search: (q: string) => {
      setText(q)
      go(address, q)
    },
    change: (change: Partial<Omit<ClientFilter, 'q'>>) => go(withFilter(address, change), text),
    clear: () => {
      setText('')
      go(withFilter(address, { status: 'All', mine: false, favorites: false }), '')
    },
  }
}

function Clients() {
  const me = useMe()
  const navigate = useNavigate()
  const { filter, text, search, change, clear } = useClientFilter()
  const [isNew, showNew] = useState(false)
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...clientsQuery(filter), placeholderData: keepPreviousData })
  const onNew = addsClients(me) ? () => showNew(true) : null
  useKeys(onNew ? { n: onNew } : {})
  const clients = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  return (
    <>
      <PageHeader
        title="Clients"
        actions={
          onNew && (
            <Button variant="primary" icon={UserPlus} onPress={onNew}>
              New client
            </Button>
          )
        }
      />
      <ClientFilters filter={filter} text={text} onText={search} onChange={change} withMine={hasOwnClients(me)} />
      <p role="status" className="sr-only">
        {!isPending && !isPlaceholderData && `${clients.length}${hasNextPage ? ' or more' : ''} clients`}
      </p>
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        {error && clients.length === 0 ? (
          <ErrorState title={error.title} onRetry={() => void refetch()}>
            {error.detail}
          </ErrorState>
        ) : isPending ? (
          <SkeletonRows rows={12} label="Loading clients" />
        ) : clients.length === 0 ? (
          <NoClients filter={filter} onEverybody={clear} onNew={onNew} />
        ) : (
          <div aria-busy={isPlaceholderData} className="aria-busy:opacity-60">
            <ClientTable clients={clients} />
            <LoadMore hasMore={hasNextPage && !isPlaceholderData} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
              Show more clients
            </LoadMore>
          </div>
        )}
      </Card>
      <NewClientPanel open={isNew && onNew !== null} onClose={() => showNew(false)} onAdded={(client) => void navigate(paths.client(client.id))} />
    </>
  )
}
