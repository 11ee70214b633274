import { Fragment, type ReactNode } from 'react'
import { classes } from '@/lib/classes'

export type Description = { term: string; value: ReactNode }
export type DescriptionListProps = {
  items: readonly Description[]
  /** `rows`: terms left, values right of them. `stack`: each term above its value, side by side as they fit. */
  layout?: 'rows' | 'stack'
}

/** Facts as terms and values. A value that is missing is left out by the caller or says so in words. */
export function DescriptionList({ items, layout = 'rows' }: DescriptionListProps) {
  if (layout === 'stack') {
    return (
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,11rem),1fr))] gap-x-6 gap-y-3 phone:grid-cols-2 phone:gap-x-4">
        {items.map(({ term, value }) => (
          <div key={term} className="min-w-0">
            <dt className="text-12 text-muted">{term}</dt>
            <dd className="mt-0.5">{value}</dd>
          </div>
        ))}
      </dl>
    )
  }
  return (
    <dl className="grid grid-cols-[minmax(6rem,max-content)_1fr] gap-x-4 gap-y-1.5">
      {items.map(({ term, value }) => (
        <Fragment key={term}>
          <dt className="text-13 leading-5 text-muted">{term}</dt>
          <dd className="min-w-0 leading-5">{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}

/** One fact in a line of facts: a header, a row. */
export function KeyValue({ term, children, className }: { term: string; children: ReactNode; className?: string }) {
  return (
    <span className={classes('whitespace-nowrap', className)}>
      <span className="text-muted">{term} </span>
      {children}
    </span>
  )
}
