import { useInfiniteQuery } from '@tanstack/react-query'
import { ClipboardCheck, ClipboardList, FilePlus2 } from 'lucide-react'
import { useState } from 'react'
import { useNavigate, useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { useMe } from '@/api/me'
import { prefetch, useApiMutation } from '@/api/queries'
import { formatNear } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { Chip } from '@/ui/Chip'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { PageHeader } from '@/ui/PageHeader'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { Tabs } from '@/ui/Tabs'
import { NewFormDialog } from '../builder/NewFormDialog'
import { keepsForms } from '../can'
import { Packets } from '../packets/Packets'
import { FormTable } from '../parts/FormTable'
import { packetsQuery, templateReads, templatesQuery, toReviewQuery } from '../queries'
import { categories, stages, type TemplateRow } from '../words'

const tabs = ['review', 'templates', 'packets'] as const

const tabOf = (address: URLSearchParams) => tabs.find((tab) => tab === address.get('tab')) ?? 'review'

export const loader = ({ request }: LoaderFunctionArgs) => {
  const tab = tabOf(new URL(request.url).searchParams)
  return tab === 'templates' ? prefetch(templatesQuery('')) : tab === 'packets' ? prefetch(packetsQuery(false)) : prefetch(toReviewQuery())
}

/** What clients sent in and waits for a look; and the practice's own forms. */
export function Component() {
  const [address] = useSearchParams()
  const tab = tabOf(address)
  return (
    <>
      <PageHeader title="Forms" subtitle="What was filled and waits for a review, and the forms themselves. They are given and filled in the chart." />
      <Tabs
        label="Forms"
        value={tab}
        tabs={[
          { id: 'review', label: 'To review', href: paths.forms() },
          { id: 'templates', label: 'The practice’s forms', href: paths.formsTab('templates') },
          { id: 'packets', label: 'Packets', href: paths.formsTab('packets') },
        ]}
      >
        {tab === 'review' ? <ToReview /> : tab === 'templates' ? <Templates /> : <Packets />}
      </Tabs>
    </>
  )
}

function ToReview() {
  const zone = useMe().practice.timezone
  const list = useInfiniteQuery(toReviewQuery())
  const forms = list.data?.pages.flatMap(({ items }) => items) ?? []
  if (list.error && forms.length === 0) {
    return (
      <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
        {list.error.detail}
      </ErrorState>
    )
  }
  if (list.isPending) return <SkeletonRows rows={6} label="Loading the forms" />
  if (forms.length === 0) {
    return (
      <EmptyState icon={ClipboardCheck} title="Nothing to review">
        Forms that were filled wait here until somebody has accepted them, asked for changes or rejected them.
      </EmptyState>
    )
  }
  return (
    <div className="pt-4">
      <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
        <FormTable label="Forms to review" forms={forms} zone={zone} withClient />
        <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
          Show more forms
        </LoadMore>
      </Card>
    </div>
  )
}

function Templates() {
  const me = useMe()
  const [retired, setRetired] = useState(false)
  const [isAdding, add] = useState(false)
  const list = useInfiniteQuery(templatesQuery(retired ? 'retired' : ''))
  const templates = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="flex flex-col gap-4 pt-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Chip selected={retired} onChange={setRetired}>
          Retired
        </Chip>
        {keepsForms(me) && (
          <Button variant="primary" icon={FilePlus2} onPress={() => add(true)}>
            New form
          </Button>
        )}
      </div>
      {list.error && templates.length === 0 ? (
        <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
          {list.error.detail}
        </ErrorState>
      ) : list.isPending ? (
        <SkeletonRows rows={6} label="Loading the forms" />
      ) : templates.length === 0 ? (
        <EmptyState icon={ClipboardList} title={retired ? 'Nothing is retired' : 'No forms yet'}>
          {retired ? 'Versions that are not given out any more show here.' : keepsForms(me) ? 'Begin one: questions, choices, scores, a signature.' : 'Administrators build the practice’s forms.'}
        </EmptyState>
      ) : (
        <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
          <Table label="The practice’s forms" columns={columnsFor(me.practice.timezone)} rows={templates} rowKey={({ id }) => id} rowHref={({ id }) => paths.formTemplate(id)} />
          <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
            Show more forms
          </LoadMore>
        </Card>
      )}
      {isAdding && <New onClose={() => add(false)} />}
    </div>
  )
}

function New({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const add = useApiMutation('post', '/api/form-templates', { onSuccess: ({ id }) => navigate(paths.formTemplate(id)), invalidates: [...templateReads] })
  return <NewFormDialog busy={add.isPending} error={add.error?.detail} onClose={onClose} onAdd={(body) => add.mutate({ body })} />
}

const columnsFor = (zone: string): readonly Column<TemplateRow>[] => [
  { id: 'title', title: 'Form', cell: ({ title }) => title },
  { id: 'category', title: 'Category', cell: ({ category }) => categories[category] },
  { id: 'status', title: 'Status', cell: ({ status }) => <StatusBadge size="sm" {...stages[status]} />, phone: 'side' },
  { id: 'version', title: 'Version', cell: ({ number }) => <span className="tabular">{number}</span>, phone: 'hide' },
  { id: 'questions', title: 'Questions', cell: ({ questions }) => <span className="tabular">{questions}</span>, phone: 'hide' },
  { id: 'changed', title: 'Changed', cell: ({ updated_at }) => <span className="whitespace-nowrap tabular">{formatNear(updated_at, zone)}</span> },
]
