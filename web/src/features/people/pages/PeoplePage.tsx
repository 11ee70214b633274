import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ClipboardCheck, KeyRound, Lock, SearchX, UserPlus } from 'lucide-react'
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
import { LinkButton } from '@/ui/LinkButton'
import { LoadMore } from '@/ui/LoadMore'
import { PageHeader } from '@/ui/PageHeader'
import { SkeletonRows } from '@/ui/Skeleton'
import { administersPeople } from '../can'
import { filterOf, withFilter, type PeopleFilter } from '../filter'
import { InvitePanel } from '../forms/InvitePanel'
import { PeopleFilters } from '../parts/PeopleFilters'
import { PeopleTable } from '../parts/PeopleTable'
import { peopleQuery } from '../queries'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

export const loader = ({ request }: LoaderFunctionArgs) => prefetch(peopleQuery(filterOf(new URL(request.url).searchParams)))

export function Component() {
  return administersPeople(useMe()) ? <People /> : <NotYours />
}

export function NotYours() {
  return (
    <EmptyState icon={Lock} title="People and accounts are the administrators’" level={1}>
      An administrator of your practice invites people, gives roles and helps when somebody cannot sign in.
    </EmptyState>
  )
}

/** The list's filter: in the address, but for the words searched for, which stay in this tab's history and come back with Back. */
function usePeopleFilter() {
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
    change: (change: Partial<Omit<PeopleFilter, 'q'>>) => go(withFilter(address, change), text),
    clear: () => {
      setText('')
      go(withFilter(address, { status: 'all', role: '' }), '')
    },
  }
}

function People() {
  const navigate = useNavigate()
  const { filter, text, search, change, clear } = usePeopleFilter()
  const [isNew, showNew] = useState(false)
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...peopleQuery(filter), placeholderData: keepPreviousData })
  useKeys({ n: () => showNew(true) })
  const people = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  return (
    <>
      <PageHeader
        title="People"
        actions={
          <>
            <LinkButton icon={ClipboardCheck} href={paths.peopleReport()}>
              Check accounts
            </LinkButton>
            <LinkButton icon={KeyRound} href={paths.signInRules()}>
              Sign-in rules
            </LinkButton>
            <Button variant="primary" icon={UserPlus} onPress={() => showNew(true)}>
              Invite somebody
            </Button>
          </>
        }
      />
      <PeopleFilters filter={filter} text={text} onText={search} onChange={change} />
      <p role="status" className="sr-only">
        {!isPending && !isPlaceholderData && `${people.length}${hasNextPage ? ' or more' : ''} people`}
      </p>
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        {error && people.length === 0 ? (
          <ErrorState title={error.title} onRetry={() => void refetch()}>
            {error.detail}
          </ErrorState>
        ) : isPending ? (
          <SkeletonRows rows={10} label="Loading people" />
        ) : people.length === 0 ? (
          <EmptyState icon={SearchX} title="Nobody matches" action={<Button onPress={clear}>Show everybody</Button>}>
            Nobody in the practice is like this.
          </EmptyState>
        ) : (
          <div aria-busy={isPlaceholderData} className="aria-busy:opacity-60">
            <PeopleTable people={people} />
            <LoadMore hasMore={hasNextPage && !isPlaceholderData} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
              Show more people
            </LoadMore>
          </div>
        )}
      </Card>
      <InvitePanel open={isNew} onClose={() => showNew(false)} onAdded={(id) => void navigate(paths.person(id))} />
    </>
  )
}
