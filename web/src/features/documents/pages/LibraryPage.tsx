import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { FileSearch, LibraryBig } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import { useDebounced } from '@/lib/debounce'
import { paths } from '@/lib/paths'
import { Card } from '@/ui/Card'
import { Chip } from '@/ui/Chip'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LinkButton } from '@/ui/LinkButton'
import { LoadMore } from '@/ui/LoadMore'
import { PageHeader } from '@/ui/PageHeader'
import { SearchField } from '@/ui/SearchField'
import { SkeletonRows } from '@/ui/Skeleton'
import { keepsTemplates } from '../can'
import { LibraryPanel } from '../forms/LibraryPanel'
import { keepsLibrary, LIBRARY, libraryQuery, linkToPaper, paperCategories, paperCategoryOptions, refreshLibrary, type Paper, type PaperCategory, type PaperFilter } from '../library'
import { AddFiles } from '../parts/AddFiles'
import { LibraryTable } from '../parts/LibraryTable'
import { UploadList } from '../parts/UploadList'
import { Viewer } from '../parts/Viewer'
import { useArchive } from '../use-archive'
import { useLooking } from '../use-looking'
import { useReplacing } from '../use-replacing'
import { useUploads } from '../use-uploads'

const MOST_BYTES = 20 * 1_048_576
const WHY_NOT = 'You read these documents. Administrators keep them.'
const EVERYTHING: PaperFilter = { q: '', category: '', archived: false }

export const loader = () => prefetch(libraryQuery(EVERYTHING))

const isCategory = (found: string | null): found is PaperCategory => found !== null && found in paperCategories

/** The practice's own papers: policies, handouts, blank forms. */
export function Component() {
  const me = useMe()
  const zone = me.practice.timezone
  const whyNot = keepsLibrary(me) ? null : WHY_NOT
  const [address, setAddress] = useSearchParams()
  const [words, setWords] = useState('')
  const [changing, setChanging] = useState<Paper | null>(null)
  const found = address.get('category')
  const filter: PaperFilter = { q: useDebounced(words.trim(), 250), category: isCategory(found) ? found : '', archived: address.has('archived') }
  const list = useInfiniteQuery({ ...libraryQuery(filter), placeholderData: keepPreviousData })
  const uploading = list.data?.pages[0]?.uploading
  const { uploads, add, dismiss } = useUploads('document-library', uploading?.most_bytes ?? MOST_BYTES, refreshLibrary)
  const { archive, restore } = useArchive('library')
  const { looking, open, save, close } = useLooking<Paper>(linkToPaper)
  const { replace, chooser } = useReplacing<Paper>(uploading?.endings, (paper) => `${LIBRARY}/${paper.id}/versions`, add)
  const papers = list.data?.pages.flatMap(({ items }) => items) ?? []
  const show = (next: { category: PaperCategory | ''; archived: boolean }) => setAddress({ ...(next.category && { category: next.category }), ...(next.archived && { archived: '' }) }, { replace: true })
  return (
    <>
      <PageHeader title="Library" subtitle="The practice’s own papers: policies, handouts and blank forms. Nothing about a client belongs here." actions={keepsTemplates(me) ? <LinkButton href={paths.documentTemplates()}>Document templates</LinkButton> : undefined} />
      <div className="flex flex-col gap-4">
        {uploading && whyNot === null && !filter.archived && <AddFiles uploading={uploading} options={paperCategoryOptions} first={filter.category || 'handouts'} onAdd={(files, category) => add(files, LIBRARY, { category })} />}
        <UploadList uploads={uploads} onDismiss={dismiss} />
        <div className="flex flex-wrap items-center gap-2">
          <SearchField label="Search the library" value={words} onChange={setWords} className="w-72 max-w-full phone:w-full" />
          <div role="group" aria-label="Category" className="flex flex-wrap gap-2">
            {paperCategoryOptions.map(({ id, label }) => (
              <Chip key={id} selected={filter.category === id} onChange={(on) => show({ ...filter, category: on ? id : '' })}>
                {label}
              </Chip>
            ))}
          </div>
          <div role="group" aria-label="Show">
            <Chip selected={filter.archived} onChange={(archived) => show({ ...filter, archived })}>
              Archived
            </Chip>
          </div>
        </div>
        {list.error && papers.length === 0 ? (
          <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
            {list.error.detail}
          </ErrorState>
        ) : list.isPending ? (
          <SkeletonRows rows={6} label="Loading the library" />
        ) : papers.length === 0 ? (
          <Empty filter={filter} whyNot={whyNot} />
        ) : (
          <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
            <LibraryTable
              papers={papers}
              zone={zone}
              whyNot={whyNot}
              actions={{
                onOpen: open,
                onSave: save,
                onChange: setChanging,
                onReplace: replace,
                onArchive: archive,
                onRestore: restore,
              }}
            />
            <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
              Show more documents
            </LoadMore>
          </Card>
        )}
      </div>
      {chooser}
      {changing && <LibraryPanel key={changing.id} paper={changing} zone={zone} whyNot={whyNot} onOpen={open} onClose={() => setChanging(null)} />}
      {looking && <Viewer key={looking.id} document={looking} linkTo={linkToPaper} onClose={close} onSave={save} />}
    </>
  )
}

function Empty({ filter: { q, category, archived }, whyNot }: { filter: PaperFilter; whyNot: string | null }) {
  if (q !== '' || category !== '') {
    return (
      <EmptyState icon={FileSearch} title="Nothing matches">
        {q === '' ? 'Nothing is filed here.' : `No ${archived ? 'archived ' : ''}document of the library is called or described “${q}”.`}
      </EmptyState>
    )
  }
  if (archived) {
    return (
      <EmptyState icon={LibraryBig} title="Nothing is archived">
        Documents that are archived from the list show here, and can be restored.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={LibraryBig} title="The library is empty">
      {whyNot === null ? 'Drop a file above, or choose one: policies, handouts, blank forms. All staff can read them.' : 'Administrators add policies, handouts and blank forms here.'}
    </EmptyState>
  )
}
