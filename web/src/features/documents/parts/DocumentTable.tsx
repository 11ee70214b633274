import { Archive, ArchiveRestore, Download, Ellipsis, FileSpreadsheet, FileText, FileUp, Image, Pencil, type LucideIcon } from 'lucide-react'
import { Button as PlainButton } from 'react-aria-components'
import { formatNear } from '@/lib/dates'
import { IconButton } from '@/ui/IconButton'
import { Menu } from '@/ui/Menu'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { categories, sizeOf, troubleOf, type Document } from '../words'

export type RowActions = {
  onOpen: (document: Document) => void
  onSave: (document: Document) => void
  onChange: (document: Document) => void
  onReplace: (document: Document) => void
  onArchive: (document: Document) => void
  onRestore: (document: Document) => void
}

type DocumentTableProps = { documents: readonly Document[]; zone: string; whyNot: string | null; actions: RowActions }

const icon = 'size-4 shrink-0 self-center text-muted'

function KindIcon({ kind }: { kind: string }) {
  if (kind.startsWith('image/')) return <Image aria-hidden className={icon} />
  return /sheet|csv/.test(kind) ? <FileSpreadsheet aria-hidden className={icon} /> : <FileText aria-hidden className={icon} />
}

export function DocumentTable({ documents, zone, whyNot, actions }: DocumentTableProps) {
  return <Table label="Documents" columns={columnsFor(zone, whyNot, actions)} rows={documents} rowKey={({ id }) => id} />
}

const columnsFor = (zone: string, whyNot: string | null, actions: RowActions): readonly Column<Document>[] => [
  { id: 'title', title: 'Document', cell: (document) => <Title document={document} onOpen={actions.onOpen} /> },
  { id: 'category', title: 'Category', cell: ({ category }) => categories[category] },
  { id: 'by', title: 'Added by', cell: ({ uploaded_by }) => <span className="whitespace-nowrap">{uploaded_by}</span> },
  { id: 'when', title: 'Added', cell: ({ uploaded_date }) => <span className="whitespace-nowrap tabular">{formatNear(uploaded_date, zone)}</span> },
  { id: 'size', title: 'Size', cell: ({ file_size_bytes }) => <span className="whitespace-nowrap tabular">{sizeOf(file_size_bytes)}</span>, align: 'end', phone: 'hide' },
  { id: 'more', title: 'Actions', cell: (document) => <More document={document} whyNot={whyNot} actions={actions} />, align: 'end', phone: 'side', width: 'w-12' },
]

function Title({ document, onOpen }: { document: Document; onOpen: (document: Document) => void }) {
  const trouble = troubleOf(document)
  const version = document.version_number > 1 && <span className="ml-1.5 shrink-0 text-12 font-normal text-muted">version {document.version_number}</span>
  return (
    <span className="flex min-w-0 flex-col items-start gap-1">
      {trouble ? (
        <>
          <span className="flex items-baseline gap-2 font-medium">
            <KindIcon kind={document.mime_type} />
            <span className="break-words [overflow-wrap:anywhere]">{document.title}</span>
            {version}
          </span>
          <StatusBadge size="sm" tone={trouble.tone} icon={trouble.icon} label={trouble.label} />
          <span className="max-w-80 text-12 text-muted">{trouble.detail}</span>
        </>
      ) : (
        <PlainButton onPress={() => onOpen(document)} aria-label={`${document.is_shown ? 'Open' : 'Download'} ${document.title}`} className="-mx-1 flex items-baseline gap-2 rounded-control px-1 text-left font-medium hover:underline">
          <KindIcon kind={document.mime_type} />
          <span className="break-words [overflow-wrap:anywhere]">{document.title}</span>
          {version}
        </PlainButton>
      )}
      {document.tags.length > 0 && <span className="text-12 text-muted">{document.tags.join(', ')}</span>}
      {document.found.length > 0 && <Found pieces={document.found} />}
    </span>
  )
}

/** The place in a file that was met. Its pieces are text, whatever they look like. */
function Found({ pieces }: { pieces: Document['found'] }) {
  return (
    <span className="max-w-prose text-12 text-muted [overflow-wrap:anywhere]">
      …{' '}
      {pieces.map(({ text, is_hit }, index) =>
        is_hit ? (
          <mark key={index} className="rounded-xs bg-accent-soft px-0.5 font-medium text-text">
            {text}
          </mark>
        ) : (
          text
        ),
      )}{' '}
      …
    </span>
  )
}

function More({ document, whyNot, actions }: { document: Document; whyNot: string | null; actions: RowActions }) {
  const archived = document.status === 'archived'
  const held = document.status === 'quarantined' ? 'In quarantine.' : whyNot
  const entry = (id: string, label: string, icon: LucideIcon, act: (document: Document) => void, disabledReason: string | null) => ({ id, label, icon, disabledReason, onAction: () => act(document) })
  return (
    <Menu
      label={`Actions for ${document.title}`}
      trigger={<IconButton icon={Ellipsis} size="sm" label={`More about ${document.title}`} placement="left" />}
      groups={[
        { id: 'File', items: [entry('save', 'Download', Download, actions.onSave, troubleOf(document)?.label ?? null)] },
        {
          id: 'Filing',
          items: [
            entry('change', 'Rename, file, versions', Pencil, actions.onChange, null),
            entry('replace', 'Add a new version', FileUp, actions.onReplace, archived ? 'Restore it first.' : held),
            archived ? entry('restore', 'Restore', ArchiveRestore, actions.onRestore, held) : entry('archive', 'Archive', Archive, actions.onArchive, held),
          ],
        },
      ]}
    />
  )
}
