import { Button } from '@/ui/Button'

/** The end of a paged list. By a press: looking on in the trail is itself written down. */
export function LoadMore({ children, hasMore, busy, onMore }: { children: string; hasMore: boolean; busy: boolean; onMore: () => void }) {
  if (!hasMore) return null
  return (
    <div className="flex justify-center py-3">
      <Button variant="quiet" busy={busy} onPress={onMore}>
        {children}
      </Button>
    </div>
  )
}
