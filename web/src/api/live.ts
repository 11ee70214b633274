import { hashKey, useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query'
import { useEffect } from 'react'
import { passive } from './passive'

/** Fetches anew what is on screen, unless the page is hidden, without counting as work. */
export async function refreshPassively(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const hash = hashKey(queryKey)
  if (document.visibilityState === 'hidden' || client.isFetching({ queryKey, exact: true }) > 0) return
  passive.add(hash)
  await client.refetchQueries({ queryKey, exact: true }).finally(() => passive.delete(hash))
}

/**
 * Keeps a read fresh while its page is looked at: every minute, and when one comes back to the tab. Give the query itself
 * `refetchOnWindowFocus: false`, so that coming back is not counted as work either. `every` null: just now there is
 * nothing to wait for.
 */
export function useLive({ queryKey }: { queryKey: QueryKey }, every: number | null = 60_000): void {
  const client = useQueryClient()
  const hash = hashKey(queryKey)
  useEffect(() => {
    if (every === null) return
    const refresh = () => void refreshPassively(client, JSON.parse(hash) as QueryKey)
    const timer = setInterval(refresh, every)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [client, hash, every])
}
