import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { BookmarkPlus, Download, Lock, SearchX } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useMe } from '@/api/me'
import { isOneOf } from '@/lib/search'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { PageHeader } from '@/ui/PageHeader'
import { SkeletonRows } from '@/ui/Skeleton'
import { Tabs } from '@/ui/Tabs'
import { oversees } from '../can'
import { filterOf, isEverything, withFilter, type TrailFilter } from '../filter'
import { ExportDialog } from '../forms/ExportDialog'
import { SaveSearchDialog } from '../forms/SaveSearchDialog'
import { ChainSection } from '../parts/ChainSection'
import { LinePanel } from '../parts/LinePanel'
import { RetentionSection } from '../parts/RetentionSection'
import { SavedSearches } from '../parts/SavedSearches'
import { SeenTable } from '../parts/SeenTable'
import { TrailFilters } from '../parts/TrailFilters'
import { TrailTable } from '../parts/TrailTable'
import { trailQuery } from '../queries'

export { unlessSearched as shouldRevalidate } from '@/lib/search'

const tabs = { trail: 'Trail', seen: 'What somebody saw', keeping: 'Keeping' } as const
type TabId = keyof typeof tabs

export function Component() {
  const me = useMe()
  if (oversees(me)) return <Audit />
  return (
    <EmptyState icon={Lock} title="The audit trail is not part of your role" level={1}>
      Administrators look at who did what. If your work needs it, ask one of them.
    </EmptyState>
  )
}

function Audit() {
  const { practice } = useMe()
  const [address, setAddress] = useSearchParams()
  const [dialog, show] = useState<'export' | 'save' | null>(null)
  const asked = address.get('tab')
  const tab = isOneOf(tabs, asked) ? asked : 'trail'
  const filter = filterOf(address)
  const go = (next: URLSearchParams) => setAddress(next, { replace: true, preventScrollReset: true })
  const change = (some: Partial<TrailFilter>) => go(withFilter(address, some))
  const search = (name: string, value: string | null) => {
    const next = new URLSearchParams(address)
    if (value === null) next.delete(name)
    else next.set(name, value)
    return next
  }
  return (
    <>
      <PageHeader
        title="Audit trail"
        subtitle="Who did what, and whose information they were shown. Looking here is written down too."
        actions={
          tab === 'trail' && (
            <>
              <Button icon={BookmarkPlus} disabledReason={isEverything(filter) ? 'Search for something first.' : null} onPress={() => show('save')}>
                Save search
              </Button>
              <Button icon={Download} onPress={() => show('export')}>
                Export
              </Button>
            </>
          )
        }
      />
      <Tabs label="Audit" value={tab} tabs={Object.entries(tabs).map(([id, label]) => ({ id: id as TabId, label, href: `/audit?${search('tab', id === 'trail' ? null : id).toString()}` }))}>
        <div className="pt-4">
          {tab === 'keeping' ? (
            <div className="grid items-start gap-4 lg:grid-cols-2">
              <ChainSection zone={practice.timezone} />
              <RetentionSection zone={practice.timezone} />
            </div>
          ) : (
            <>
              {tab === 'trail' && <SavedSearches zone={practice.timezone} onChoose={change} />}
              <TrailFilters filter={filter} onChange={change} />
              <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
                {tab === 'trail' ? (
                  <Lines filter={filter} zone={practice.timezone} hrefOf={(id) => `/audit?${search('line', id).toString()}`} onEverything={() => go(new URLSearchParams())} />
                ) : (
                  <SeenTable filter={filter} zone={practice.timezone} />
                )}
              </Card>
            </>
          )}
        </div>
      </Tabs>
      <LinePanel lineId={address.get('line')} zone={practice.timezone} onClose={() => go(search('line', null))} />
      <ExportDialog filter={filter} zone={practice.timezone} open={dialog === 'export'} onClose={() => show(null)} />
      <SaveSearchDialog filter={filter} zone={practice.timezone} open={dialog === 'save'} onClose={() => show(null)} />
    </>
  )
}

type LinesProps = { filter: TrailFilter; zone: string; hrefOf: (lineId: string) => string; onEverything: () => void }

function Lines({ filter, zone, hrefOf, onEverything }: LinesProps) {
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...trailQuery(filter, zone), placeholderData: keepPreviousData })
  const lines = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  if (error && lines.length === 0) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (isPending) return <SkeletonRows rows={12} label="Loading the trail" />
  if (lines.length === 0) {
    return (
      <EmptyState icon={SearchX} title="Nothing like this happened" action={<Button onPress={onEverything}>Show everything</Button>}>
        No line of the trail matches this search.
      </EmptyState>
    )
  }
  return (
    <div aria-busy={isPlaceholderData} className="aria-busy:opacity-60">
      <TrailTable lines={lines} zone={zone} hrefOf={({ id }) => hrefOf(id)} />
      <LoadMore hasMore={hasNextPage && !isPlaceholderData} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
        Show older lines
      </LoadMore>
    </div>
  )
}
