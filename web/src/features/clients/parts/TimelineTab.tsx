import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, History, SearchX } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useMe } from '@/api/me'
import { useDebounced } from '@/lib/debounce'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { SearchField } from '@/ui/SearchField'
import { SkeletonRows } from '@/ui/Skeleton'
import { readsClinical } from '../can'
import { grouped, kinds as allKinds, kindWords, type Happening, type Kind } from '../happenings'
import { timelineQuery } from '../queries'
import { Happenings } from './Happenings'
import { LoadMore } from './LoadMore'

const isKind = (text: string): text is Kind => text in kindWords

/** The kinds chosen, in the address: `?kinds=note,measure`. None chosen shows all. */
export const kindsOf = (address: URLSearchParams): Kind[] => (address.get('kinds') ?? '').split(',').filter(isKind)

/** Everything that happened with this client, newest first. */
export function TimelineTab({ clientId }: { clientId: string }) {
  const me = useMe()
  const [address, setAddress] = useSearchParams()
  const [text, setText] = useState('')
  const chosen = kindsOf(address)
  const q = useDebounced(text.trim(), 150)
  const offered = allKinds.filter((kind) => readsClinical(me) || kind === 'appointment' || kind === 'alert')
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({ ...timelineQuery(clientId, { kinds: chosen, q }), placeholderData: keepPreviousData })
  const choose = (kinds: Kind[]) =>
    setAddress(
      (before) => {
        if (kinds.length > 0) before.set('kinds', kinds.join(','))
        else before.delete('kinds')
        return before
      },
      { replace: true, preventScrollReset: true },
    )
  const toggle = (kind: Kind) => choose(chosen.includes(kind) ? chosen.filter((one) => one !== kind) : offered.filter((one) => one === kind || chosen.includes(one)))
  const clear = () => {
    setText('')
    choose([])
  }
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="flex flex-col gap-3 pt-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div role="group" aria-label="Show" className="flex flex-wrap gap-1.5 phone:-mx-4 phone:w-dvw phone:flex-nowrap phone:overflow-x-auto phone:px-4">
          <Chip selected={chosen.length === 0} onChange={() => choose([])}>
            All
          </Chip>
          {offered.map((kind) => (
            <Chip key={kind} selected={chosen.includes(kind)} onChange={() => toggle(kind)}>
              {kindWords[kind]}
            </Chip>
          ))}
        </div>
        <SearchField label="Search the timeline" value={text} onChange={setText} className="min-w-40 flex-1 phone:basis-full" />
      </div>
      {error && items.length === 0 ? (
        <ErrorState title={error.title} onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      ) : isPending ? (
        <SkeletonRows label="Loading the timeline" />
      ) : items.length === 0 ? (
        <NothingHere isClinical={readsClinical(me)} isFiltered={chosen.length > 0 || q !== ''} onClear={clear} />
      ) : (
        <div aria-busy={isPlaceholderData} className="flex flex-col gap-4 aria-busy:opacity-60">
          <Grouped items={items} foldComing={q === ''} />
          <LoadMore hasMore={hasNextPage && !isPlaceholderData} busy={isFetchingNextPage} onMore={() => void fetchNextPage()}>
            Show earlier entries
          </LoadMore>
        </div>
      )}
    </div>
  )
}

function NothingHere({ isClinical, isFiltered, onClear }: { isClinical: boolean; isFiltered: boolean; onClear: () => void }) {
  return isFiltered ? (
    <EmptyState icon={SearchX} title="Nothing matches" action={<Button onPress={onClear}>Show everything</Button>}>
      No entry of this chart is of these kinds and has these words. Note texts are not searched.
    </EmptyState>
  ) : (
    <EmptyState icon={History} title="Nothing here yet">
      {isClinical ? 'Sessions, notes, measures, diagnoses and alerts' : 'Sessions and alerts'} appear here as they happen.
    </EmptyState>
  )
}

/** The soonest session still to come, the later ones folded, then what was, month by month. */
function Grouped({ items, foldComing }: { items: readonly Happening[]; foldComing: boolean }) {
  const zone = useMe().practice.timezone
  const [isUnfolded, setUnfolded] = useState(false)
  const { coming, past } = grouped(items, zone, new Date())
  const isOpen = isUnfolded || !foldComing
  const folded = coming.length - 1
  return (
    <>
      {coming.length > 0 && (
        <section aria-labelledby="coming">
          <div className="flex min-h-8 items-center justify-between gap-3">
            <h2 id="coming" className="text-13 font-semibold text-muted">
              Coming up
            </h2>
            {folded > 0 && foldComing && (
              <Button size="sm" variant="quiet" icon={isOpen ? ChevronUp : ChevronDown} aria-expanded={isOpen} onPress={() => setUnfolded(!isOpen)}>
                {isOpen ? 'Only the next one' : `${folded} later`}
              </Button>
            )}
          </div>
          <Happenings label="Coming up" items={isOpen ? coming : coming.slice(-1)} zone={zone} withMonth />
        </section>
      )}
      {past.map(({ title, items: happened }) => (
        <section key={title} aria-label={title}>
          <h2 className="py-1.5 text-13 font-semibold text-muted">{title}</h2>
          <Happenings label={title} items={happened} zone={zone} />
        </section>
      ))}
    </>
  )
}
