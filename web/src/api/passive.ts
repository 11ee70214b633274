import { hashKey, type QueryKey } from '@tanstack/react-query'

/** Reads under way that nobody asked for. The server must not take them for a person at work, or nobody would ever be idle. */
export const passive = new Set<string>()

/** `X-Passive: 1` keeps a request from extending the sign-in (mentalspace/people/middleware.py). */
export const passiveHeaders = (queryKey: QueryKey): Record<string, string> | undefined => (passive.has(hashKey(queryKey)) ? { 'X-Passive': '1' } : undefined)
