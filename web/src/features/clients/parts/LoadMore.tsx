import { useEffect, useRef } from 'react'
import { Button } from '@/ui/Button'

type LoadMoreProps = {
  /** "Show more clients" */
  children: string
  hasMore: boolean
  busy: boolean
  onMore: () => void
}

/** The end of a paged list: loads the next page before one gets there, and by a press where nothing scrolls. */
export function LoadMore({ children, hasMore, busy, onMore }: LoadMoreProps) {
  const end = useRef<HTMLDivElement>(null)
  const latest = useRef(onMore)
  useEffect(() => {
    latest.current = onMore
  })
  useEffect(() => {
    if (!hasMore || busy || !end.current || typeof IntersectionObserver === 'undefined') return
    const watch = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current(), { rootMargin: '600px' })
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [hasMore, busy])
  if (!hasMore) return null
  return (
    <div ref={end} className="flex justify-center py-3">
      <Button variant="quiet" busy={busy} onPress={onMore}>
        {children}
      </Button>
    </div>
  )
}
