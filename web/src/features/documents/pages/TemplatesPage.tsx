import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Archive, ArchiveRestore, Ellipsis, FilePlus2, FileSearch, FileText, Lock } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { meQuery, useMe } from '@/api/me'
import { prefetch, queryClient, useApiMutation } from '@/api/queries'
import { formatNear } from '@/lib/dates'
import { useDebounced } from '@/lib/debounce'
import { paths } from '@/lib/paths'
import { Card } from '@/ui/Card'
import { Chip } from '@/ui/Chip'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { LinkButton } from '@/ui/LinkButton'
import { LoadMore } from '@/ui/LoadMore'
import { Menu } from '@/ui/Menu'
import { PageHeader } from '@/ui/PageHeader'
import { SearchField } from '@/ui/SearchField'
import { SkeletonRows } from '@/ui/Skeleton'
import { Table, type Column } from '@/ui/Table'
import { toast } from '@/ui/toast-queue'
import { keepsTemplates } from '../can'
import { templatesQuery, type TemplateRow } from '../templates'
import { categories } from '../words'

export async function loader() {
  const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
  return keepsTemplates(me) ? prefetch(templatesQuery({ q: '', archived: false })) : null
}

export function Component() {
  return keepsTemplates(useMe()) ? <Templates /> : <NotYours />
}

export function NotYours() {
  return (
    <EmptyState icon={Lock} title="Administrators write the templates" level={1} action={<LinkButton href={paths.library()}>Open the library</LinkButton>}>
      To make a document of one, open a client’s chart, then Documents, then From a template.
    </EmptyState>
  )
}

/** The texts that documents are made of. */
function Templates() {
  const zone = useMe().practice.timezone
  const [address, setAddress] = useSearchParams()
  const [words, setWords] = useState('')
  const archived = address.has('archived')
  const q = useDebounced(words.trim(), 250)
  const list = useInfiniteQuery({ ...templatesQuery({ q, archived }), placeholderData: keepPreviousData })
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = useColumns(zone)
  const write = (
    <LinkButton variant="primary" icon={FilePlus2} href={paths.newDocumentTemplate()}>
      Write template
    </LinkButton>
  )
  return (
    <>
      <PageHeader title="Document templates" subtitle="Texts with places to fill. Whoever adds documents to a chart makes a PDF of one there." actions={<><LinkButton href={paths.library()}>Library</LinkButton>{write}</>} />
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-2">
          <SearchField label="Search templates" value={words} onChange={setWords} className="w-72 max-w-full phone:w-full" />
          <div role="group" aria-label="Show">
            <Chip selected={archived} onChange={(on) => setAddress(on ? { archived: '' } : {}, { replace: true })}>
              Archived
            </Chip>
          </div>
        </div>
        {list.error && rows.length === 0 ? (
          <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
            {list.error.detail}
          </ErrorState>
        ) : list.isPending ? (
          <SkeletonRows rows={5} label="Loading templates" />
        ) : rows.length === 0 ? (
          <Empty q={q} archived={archived} />
        ) : (
          <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
            <Table label="Document templates" columns={columns} rows={rows} rowKey={({ id }) => id} rowHref={({ id }) => paths.documentTemplate(id)} />
            <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
              Show more templates
            </LoadMore>
          </Card>
        )}
      </div>
    </>
  )
}

function useColumns(zone: string): readonly Column<TemplateRow>[] {
  const { archive, restore } = useArchiving()
  return [
    { id: 'title', title: 'Template', cell: ({ title }) => <span className="font-medium [overflow-wrap:anywhere]">{title}</span> },
    { id: 'category', title: 'Category', cell: ({ category }) => categories[category] },
    { id: 'version', title: 'Version', cell: ({ version }) => <span className="tabular">{version}</span>, phone: 'hide' },
    { id: 'when', title: 'Changed', cell: ({ updated_at, updated_by }) => <span className="whitespace-nowrap tabular">{`${formatNear(updated_at, zone)}, ${updated_by}`}</span> },
    {
      id: 'more',
      title: 'Actions',
      align: 'end',
      phone: 'side',
      width: 'w-12',
      cell: (row) => (
        <Menu
          label={`Actions for ${row.title}`}
          trigger={<IconButton icon={Ellipsis} size="sm" label={`More about ${row.title}`} placement="left" />}
          groups={[{ id: 'Template', items: [row.is_active ? { id: 'archive', label: 'Archive', icon: Archive, onAction: () => archive(row) } : { id: 'restore', label: 'Restore', icon: ArchiveRestore, onAction: () => restore(row) }] }]}
        />
      ),
    },
  ]
}

/** At once, and Undo does the other. */
function useArchiving() {
  const options = { invalidates: ['/api/document-templates' as const], onError: ({ detail }: { detail: string }) => toast({ message: detail, tone: 'danger' }) }
  const put = useApiMutation('put', '/api/document-templates/{template_id}/archive', options)
  const take = useApiMutation('delete', '/api/document-templates/{template_id}/archive', options)
  const of = ({ id }: TemplateRow) => ({ params: { path: { template_id: id } } })
  const archive = (row: TemplateRow): void => put.mutate(of(row), { onSuccess: () => toast({ message: `${row.title} archived`, undo: () => take.mutate(of(row)) }) })
  const restore = (row: TemplateRow): void => take.mutate(of(row), { onSuccess: () => toast({ message: `${row.title} restored`, undo: () => put.mutate(of(row)) }) })
  return { archive, restore }
}

function Empty({ q, archived }: { q: string; archived: boolean }) {
  if (q !== '') return <EmptyState icon={FileSearch} title="Nothing matches">No {archived ? 'archived ' : ''}template is called “{q}”.</EmptyState>
  if (archived) return <EmptyState icon={FileText} title="Nothing is archived">Templates that are archived are no longer offered, and can be restored here.</EmptyState>
  return <EmptyState icon={FileText} title="No templates yet">Write the first: a consent to treatment, a fee agreement, a letter. Names, dates and addresses fill themselves in.</EmptyState>
}
