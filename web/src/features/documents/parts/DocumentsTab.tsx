import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { FilePlus2, FileSearch, FolderOpen } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { useDebounced } from '@/lib/debounce'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { Chip } from '@/ui/Chip'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { LoadMore } from '@/ui/LoadMore'
import { SearchField } from '@/ui/SearchField'
import { SkeletonRows } from '@/ui/Skeleton'
import { whyNotKeep } from '../can'
import { DocumentPanel } from '../forms/DocumentPanel'
import { documentsQuery, linkTo, refreshDocuments } from '../queries'
import { useArchive } from '../use-archive'
import { useLooking } from '../use-looking'
import { useReplacing } from '../use-replacing'
import { useUploads } from '../use-uploads'
import { categoryOptions, type Document } from '../words'
import { AddFiles } from './AddFiles'
import { DocumentTable } from './DocumentTable'
import { UploadList } from './UploadList'
import { Viewer } from './Viewer'

const MOST_BYTES = 20 * 1_048_576

const SendForSignature = lazy(async () => ({ default: (await import('../forms/SendForSignature')).SendForSignature }))
const ShareDocument = lazy(async () => ({ default: (await import('../forms/ShareDocument')).ShareDocument }))
const FromTemplate = lazy(async () => ({ default: (await import('../forms/FromTemplate')).FromTemplate }))

/** A chart's documents: added by drop or button, looked at in the page, renamed, filed, archived. */
export function DocumentsTab({ client }: { client: Schema<'ClientOut'> }) {
  const me = useMe()
  const zone = me.practice.timezone
  const [words, setWords] = useState('')
  const [archived, setArchived] = useState(false)
  const [changing, setChanging] = useState<Document | null>(null)
  const [isMaking, setMaking] = useState(false)
  const [sending, setSending] = useState<Document | null>(null)
  const [sharing, setSharing] = useState<Document | null>(null)
  const q = useDebounced(words.trim(), 250)
  const list = useInfiniteQuery({ ...documentsQuery(client.id, { q, category: '', archived }), placeholderData: keepPreviousData })
  const uploading = list.data?.pages[0]?.uploading
  const { uploads, add, dismiss } = useUploads('client-documents', uploading?.most_bytes ?? MOST_BYTES, refreshDocuments)
  const { archive, restore } = useArchive('chart')
  const { looking, open, save, close } = useLooking<Document>(linkTo)
  const { replace, chooser } = useReplacing<Document>(uploading?.endings, (document) => `/api/documents/${document.id}/versions`, add)
  const whyNot = whyNotKeep(me, client)
  const documents = list.data?.pages.flatMap(({ items }) => items) ?? []
  if (list.error && documents.length === 0) {
    return (
      <ErrorState title={list.error.title} onRetry={() => void list.refetch()}>
        {list.error.detail}
      </ErrorState>
    )
  }
  return (
    <div className="flex flex-col gap-4 pt-4">
      {uploading && whyNot === null && !archived && <AddFiles uploading={uploading} options={categoryOptions} first="other" onAdd={(files, category) => add(files, `/api/clients/${client.id}/documents`, { category })} />}
      <UploadList uploads={uploads} onDismiss={dismiss} />
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Search names and words" value={words} onChange={setWords} className="w-72 max-w-full phone:w-full" />
        <div role="group" aria-label="Show">
          <Chip selected={archived} onChange={setArchived}>
            Archived
          </Chip>
        </div>
        {whyNot === null && !archived && (
          <Button icon={FilePlus2} onPress={() => setMaking(true)} className="ml-auto phone:ml-0">
            From a template
          </Button>
        )}
      </div>
      {list.isPending ? (
        <SkeletonRows rows={4} label="Loading documents" />
      ) : documents.length === 0 ? (
        <Empty words={q} archived={archived} whyNot={whyNot} />
      ) : (
        <Card flush className="phone:-mx-4 phone:rounded-none phone:border-x-0">
          <DocumentTable
            documents={documents}
            zone={zone}
            whyNot={whyNot}
            onSend={setSending}
            onShare={setSharing}
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
            Show earlier documents
          </LoadMore>
        </Card>
      )}
      {chooser}
      {changing && <DocumentPanel key={changing.id} document={changing} zone={zone} whyNot={whyNot} onOpen={open} onClose={() => setChanging(null)} />}
      {isMaking && (
        <Suspense>
          <FromTemplate clientId={client.id} onClose={() => setMaking(false)} />
        </Suspense>
      )}
      {sending && (
        <Suspense>
          <SendForSignature key={sending.id} document={sending} onClose={() => setSending(null)} />
        </Suspense>
      )}
      {sharing && (
        <Suspense>
          <ShareDocument key={sharing.id} document={sharing} onClose={() => setSharing(null)} />
        </Suspense>
      )}
      {looking && <Viewer key={looking.id} document={looking} linkTo={linkTo} onClose={close} onSave={save} />}
    </div>
  )
}

function Empty({ words, archived, whyNot }: { words: string; archived: boolean; whyNot: string | null }) {
  if (words !== '') {
    return (
      <EmptyState icon={FileSearch} title="Nothing matches">
        No {archived ? 'archived ' : ''}document is called “{words}”, and none has it in its text. Scans and pictures are found by name only.
      </EmptyState>
    )
  }
  if (archived) {
    return (
      <EmptyState icon={FolderOpen} title="Nothing is archived">
        Documents that are archived from the list show here, and can be restored.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={FolderOpen} title="No documents yet">
      {whyNot ?? 'Drop a file above, or choose one: consents, letters, assessments, cards.'}
    </EmptyState>
  )
}
