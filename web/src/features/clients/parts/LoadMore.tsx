import { useEffect, useRef } from 'react'
import { LoadMore as ByPress, type LoadMoreProps } from '@/ui/LoadMore'

/** The end of a paged list: loads the next page before one gets there, and by a press where nothing scrolls. */
export function LoadMore(props: LoadMoreProps) {
  const { hasMore, busy, onMore } = props
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
  return (
    <div ref={end}>
      <ByPress {...props} />
    </div>
  )
}
