import { formatNear } from '@/lib/dates'
import { Table, type Column } from '@/ui/Table'
import { paperCategories, type Paper } from '../library'
import { sizeOf } from '../words'
import { FileMenu, type RowActions } from './FileMenu'
import { FileTitle } from './FileTitle'

type LibraryTableProps = { papers: readonly Paper[]; zone: string; whyNot: string | null; actions: RowActions<Paper> }

export function LibraryTable({ papers, zone, whyNot, actions }: LibraryTableProps) {
  const columns: readonly Column<Paper>[] = [
    {
      id: 'title',
      title: 'Document',
      cell: (paper) => (
        <FileTitle file={paper} onOpen={actions.onOpen}>
          {paper.description && <span className="max-w-prose text-13 font-normal text-muted [overflow-wrap:anywhere]">{paper.description}</span>}
        </FileTitle>
      ),
    },
    { id: 'category', title: 'Category', cell: ({ category }) => <span className="whitespace-nowrap">{paperCategories[category]}</span> },
    { id: 'when', title: 'Updated', cell: ({ uploaded_date, uploaded_by }) => <span className="whitespace-nowrap tabular" title={`by ${uploaded_by}`}>{formatNear(uploaded_date, zone)}</span> },
    { id: 'size', title: 'Size', cell: ({ file_size_bytes }) => <span className="whitespace-nowrap tabular">{sizeOf(file_size_bytes)}</span>, align: 'end', phone: 'hide' },
    { id: 'more', title: 'Actions', cell: (paper) => <FileMenu file={paper} whyNot={whyNot} actions={actions} />, align: 'end', phone: 'side', width: 'w-12' },
  ]
  return <Table label="Library" columns={columns} rows={papers} rowKey={({ id }) => id} />
}
