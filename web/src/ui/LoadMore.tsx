import { Button } from './Button'

export type LoadMoreProps = {
  /** "Show more clients" */
  children: string
  hasMore: boolean
  busy: boolean
  onMore: () => void
}

/** The end of a paged list. By a press alone: where looking on is itself written down, nobody does so by scrolling. */
export function LoadMore({ children, hasMore, busy, onMore }: LoadMoreProps) {
  if (!hasMore) return null
  return (
    <div className="flex justify-center py-3">
      <Button variant="quiet" busy={busy} onPress={onMore}>
        {children}
      </Button>
    </div>
  )
}
