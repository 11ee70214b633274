import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ChevronRight, FileSearch, FileText } from 'lucide-react'
import { useState } from 'react'
import { Button as PlainButton } from 'react-aria-components'
import { useDebounced } from '@/lib/debounce'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'
import { LoadMore } from '@/ui/LoadMore'
import { SearchField } from '@/ui/SearchField'
import { SkeletonRows } from '@/ui/Skeleton'
import { templatesQuery, type TemplateRow } from '../templates'
import { categories } from '../words'

type ChooseTemplateProps = { /** Whether this person writes templates, and so is led there when there is none. */ writes: boolean; onChoose: (template: TemplateRow) => void; onClose: () => void }

/** Which of the practice's templates. */
export function ChooseTemplate({ writes, onChoose, onClose }: ChooseTemplateProps) {
  const [words, setWords] = useState('')
  const q = useDebounced(words.trim(), 250)
  const list = useInfiniteQuery({ ...templatesQuery({ q, archived: false }), placeholderData: keepPreviousData })
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Dialog title="From a template" open onClose={onClose} size="md" footer={<Button onPress={onClose}>Cancel</Button>}>
      <div className="flex flex-col gap-3">
        <SearchField label="Search templates" value={words} onChange={setWords} />
        {list.error && rows.length === 0 ? (
          <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
            {list.error.detail}
          </ErrorState>
        ) : list.isPending ? (
          <SkeletonRows rows={3} label="Loading templates" />
        ) : rows.length === 0 ? (
          <Empty q={q} writes={writes} />
        ) : (
          <ul aria-label="Templates" className="divide-y divide-line rounded-control border border-line">
            {rows.map((row) => (
              <li key={row.id}>
                <PlainButton onPress={() => onChoose(row)} className="flex w-full items-center gap-3 px-3 py-2.5 text-left data-hovered:bg-sunken">
                  <FileText aria-hidden className="size-4 shrink-0 text-muted" />
                  <span className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">{row.title}</span>
                  <span className="shrink-0 text-13 text-muted">{categories[row.category]}</span>
                  <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
                </PlainButton>
              </li>
            ))}
          </ul>
        )}
        <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
          Show more templates
        </LoadMore>
      </div>
    </Dialog>
  )
}

function Empty({ q, writes }: { q: string; writes: boolean }) {
  if (q !== '') return <EmptyState icon={FileSearch} title="Nothing matches">No template is called “{q}”.</EmptyState>
  return (
    <EmptyState icon={FileText} title="No templates yet" action={writes ? <LinkButton href={paths.newDocumentTemplate()}>Write template</LinkButton> : undefined}>
      {writes ? 'Write a text once; names, dates and addresses fill themselves in.' : 'Administrators write them: consents, agreements, letters.'}
    </EmptyState>
  )
}
