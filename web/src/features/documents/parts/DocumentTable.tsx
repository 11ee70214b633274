import { formatNear } from '@/lib/dates'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { requestLooks, whyNotSend } from '../signing'
import { shared, whyNotShare } from '../sharing'
import { categories, sizeOf, type Document } from '../words'
import { FileMenu, type RowActions, type Sending } from './FileMenu'
import { FileTitle } from './FileTitle'

type DocumentTableProps = { documents: readonly Document[]; zone: string; whyNot: string | null; actions: RowActions<Document>; onSend: (document: Document) => void; onShare: (document: Document) => void }

export function DocumentTable({ documents, ...given }: DocumentTableProps) {
  return <Table label="Documents" columns={columnsFor(given)} rows={documents} rowKey={({ id }) => id} />
}

type Given = Omit<DocumentTableProps, 'documents'>

const columnsFor = ({ zone, whyNot, actions, ...sending }: Given): readonly Column<Document>[] => [
  { id: 'title', title: 'Document', cell: (document) => <FileTitle file={document} onOpen={actions.onOpen}><Standing document={document} />{document.found.length > 0 && <Found pieces={document.found} />}</FileTitle> },
  { id: 'category', title: 'Category', cell: ({ category }) => categories[category] },
  { id: 'by', title: 'Added by', cell: ({ uploaded_by }) => <span className="whitespace-nowrap">{uploaded_by}</span> },
  { id: 'when', title: 'Added', cell: ({ uploaded_date }) => <span className="whitespace-nowrap tabular">{formatNear(uploaded_date, zone)}</span> },
  { id: 'size', title: 'Size', cell: ({ file_size_bytes }) => <span className="whitespace-nowrap tabular">{sizeOf(file_size_bytes)}</span>, align: 'end', phone: 'hide' },
  { id: 'more', title: 'Actions', cell: (document) => <FileMenu file={document} whyNot={whyNot} actions={actions} sending={sendingOf(document, whyNot, sending)} />, align: 'end', phone: 'side', width: 'w-12' },
]

const isOut = 'It is out for signature. Withdraw the request first.'
const isShared = 'It is shared by a link. Take it back first.'

const sendingOf = (document: Document, whyNot: string | null, acts: Pick<Given, 'onSend' | 'onShare'>): Sending<Document> => ({
  ...acts,
  whyNotShare: whyNotShare(document, whyNot),
  whyNotSend: whyNotSend(document, whyNot),
  whyNotReplace: document.signed_at !== null ? 'It is signed and stays as it is.' : document.is_out ? isOut : null,
  whyNotArchive: document.is_out && !document.is_copy_given_up ? isOut : document.is_shared ? isShared : null,
})

/** How it stands with its signatures and its sharing, where there is any to be told of. */
function Standing({ document }: { document: Document }) {
  const signing = document.is_out ? requestLooks.open : document.signed_at === null ? null : requestLooks.signed
  if (!signing && !document.is_shared) return null
  return (
    <span className="flex flex-wrap gap-1">
      {signing && <StatusBadge size="sm" {...signing} />}
      {document.is_shared && <StatusBadge size="sm" {...shared} />}
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
