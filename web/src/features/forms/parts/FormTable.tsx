import { formatNear, formatPlainDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { StatusBadge } from '@/ui/StatusBadge'
import { Table, type Column } from '@/ui/Table'
import { categories, priorities, statuses, type FormRow } from '../words'

type FormTableProps = { label: string; forms: readonly FormRow[]; zone: string; /** Whose each one is; not needed in a chart. */ withClient?: boolean }

/** Forms that clients were given. A row leads to its form. */
export function FormTable({ label, forms, zone, withClient = false }: FormTableProps) {
  const columns = withClient ? [client, ...columnsFor(zone)] : columnsFor(zone)
  return <Table label={label} columns={columns} rows={forms} rowKey={({ id }) => id} rowHref={({ id }) => paths.form(id)} />
}

/** What presses is said; on a phone, which has no column for it, the day it is due too. */
function Title({ form: { title, priority, due_date } }: { form: FormRow }) {
  return (
    <>
      {priority === 'normal' || priority === 'low' ? title : `${title} (${priorities[priority].toLowerCase()})`}
      {due_date && <span className="hidden font-normal text-muted phone:inline">, due {formatPlainDate(due_date)}</span>}
    </>
  )
}

const client: Column<FormRow> = { id: 'client', title: 'Client', cell: ({ client_name }) => client_name }

const columnsFor = (zone: string): Column<FormRow>[] => [
  { id: 'title', title: 'Form', cell: (form) => <Title form={form} /> },
  { id: 'category', title: 'Category', cell: ({ category }) => categories[category], phone: 'hide' },
  { id: 'status', title: 'Status', cell: ({ status }) => <StatusBadge size="sm" {...statuses[status]} />, phone: 'side' },
  { id: 'progress', title: 'Answered', cell: ({ done, total }) => <span className="tabular">{total > 0 ? `${done} of ${total}` : '–'}</span>, phone: 'hide' },
  { id: 'due', title: 'Due', cell: ({ due_date }) => <span className="whitespace-nowrap tabular">{due_date ? formatPlainDate(due_date) : '–'}</span>, phone: 'hide' },
  { id: 'given', title: 'Given', cell: ({ assigned_at, assigned_by }) => <span className="tabular">{`${formatNear(assigned_at, zone)}, ${assigned_by}`}</span> },
]
