import { useSuspenseQuery } from '@tanstack/react-query'
import { query } from './queries'

export const meQuery = () => ({ ...query('/api/me'), staleTime: 5 * 60_000 })

/** Who is signed in: name, role, practice with its time zone, and what they may do (`can`). The frame has loaded it before any page shows. */
export const useMe = () => useSuspenseQuery(meQuery()).data
