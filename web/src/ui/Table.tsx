import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-aria-components'
import { classes } from '@/lib/classes'

export type Column<Row> = {
  id: string
  title: string
  cell: (row: Row) => ReactNode
  align?: 'start' | 'end'
  /** Tailwind width, for columns that must not breathe: `w-28`. */
  width?: string
  sortable?: boolean
  /**
   * Where it goes on a phone, where a row has two lines: `title` (first line, left), `side` (first line, right), `detail`
   * (second line) or `hide`. The first column is the title unless said otherwise, the others are details.
   */
  phone?: 'title' | 'side' | 'detail' | 'hide'
}

export type Sort = { column: string; direction: 'ascending' | 'descending' }

export type TableProps<Row> = {
  /** Says what the rows are: "Clients". */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** The row is the link: its first column opens this, and the whole row is the target. */
  rowHref?: (row: Row) => string
  sort?: Sort
  onSort?: (sort: Sort) => void
  /** Instead of rows when there are none: an EmptyState that says why. */
  empty?: ReactNode
  /** Keeps the head in view while the page scrolls. */
  stickyHead?: boolean
}

const phonePlaces = {
  title: 'phone:order-1 phone:min-w-0 phone:flex-1 phone:font-medium',
  side: 'phone:order-2 phone:shrink-0',
  detail: 'phone:order-4 phone:text-13 phone:text-muted',
  hide: 'phone:hidden',
}
/** Between two details of a phone's second line. */
const dot = 'phone:before:mx-1.5 phone:before:content-["·"]'
const cellPadding = 'px-3 py-2 first:pl-4 last:pr-4 phone:p-0 phone:first:pl-0 phone:last:pr-0'

/** A table of 36–40 px rows; a list of two-line rows on a phone. Roles are spelled out because a table laid out as flex loses them. */
export function Table<Row>({ label, columns, rows, rowKey, rowHref, sort, onSort, empty, stickyHead = false }: TableProps<Row>) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>
  const firstDetail = columns.find((column, position) => placeOf(column, position === 0) === 'detail')
  return (
    <div className="overflow-x-auto">
      <table role="table" aria-label={label} className="w-full border-collapse text-14 phone:block">
        <thead role="rowgroup" className={classes('phone:sr-only', stickyHead && 'sticky top-0 z-10 bg-raised')}>
          <tr role="row" className="border-b border-line">
            {columns.map((column) => (
              <ColumnHead key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="phone:block">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className={classes('relative border-b border-line last:border-b-0 phone:flex phone:flex-wrap phone:items-baseline phone:gap-y-0.5 phone:px-4 phone:py-2.5', rowHref && 'hover:bg-hover')}>
              {columns.map((column, position) => (
                <BodyCell key={column.id} column={column} isFirst={position === 0} isFirstDetail={column === firstDetail} href={position === 0 ? rowHref?.(row) : undefined}>
                  {column.cell(row)}
                </BodyCell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type ColumnHeadProps<Row> = { column: Column<Row>; sort: Sort | undefined; onSort: ((sort: Sort) => void) | undefined }

function ColumnHead<Row>({ column, sort, onSort }: ColumnHeadProps<Row>) {
  const direction = sort?.column === column.id ? sort.direction : undefined
  const Arrow = direction === undefined ? ChevronsUpDown : direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <th role="columnheader" scope="col" aria-sort={direction} className={classes('px-3 py-2 text-12 font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4', column.align === 'end' ? 'text-right' : 'text-left', column.width)}>
      {column.sortable && onSort ? (
        <button
          type="button"
          className={classes('-mx-1.5 inline-flex items-center gap-1 rounded-control px-1.5 py-0.5 font-medium hover:bg-hover hover:text-text', direction && 'text-text')}
          onClick={() => onSort({ column: column.id, direction: direction === 'ascending' ? 'descending' : 'ascending' })}
        >
          {column.title}
          <Arrow aria-hidden className={classes('size-3.5', direction === undefined && 'opacity-50')} />
        </button>
      ) : (
        column.title
      )}
    </th>
  )
}

const placeOf = <Row,>(column: Column<Row>, isFirst: boolean) => column.phone ?? (isFirst ? 'title' : 'detail')

type BodyCellProps<Row> = { column: Column<Row>; isFirst: boolean; isFirstDetail: boolean; href: string | undefined; children: ReactNode }

function BodyCell<Row>({ column, isFirst, isFirstDetail, href, children }: BodyCellProps<Row>) {
  const place = placeOf(column, isFirst)
  const look = classes(cellPadding, 'align-middle', column.align === 'end' && 'text-right tabular', column.width, phonePlaces[place], place === 'detail' && !isFirstDetail && dot, 'phone:w-auto phone:text-left')
  const content = href === undefined ? children : <RowLink href={href}>{children}</RowLink>
  return isFirst ? (
    <>
      <th role="rowheader" scope="row" className={classes(look, 'text-left font-normal')}>
        {content}
      </th>
      <td role="presentation" aria-hidden className="order-3 hidden h-0 basis-full phone:block" />
    </>
  ) : (
    <td role="cell" className={look}>
      {content}
    </td>
  )
}

/** Covers its whole row, so that the row is one target while the link stays a link (open in a new tab, copy the address). */
function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="rounded-control font-medium text-text outline-none after:absolute after:inset-0 after:content-[''] data-focus-visible:outline-none data-focus-visible:after:outline-2 data-focus-visible:after:outline-offset-[-2px] data-focus-visible:after:outline-accent">
      {children}
    </Link>
  )
}
