import type { Schema } from '@/api/schema'

/** How long before the end the warning shows. */
export const WARN_MS = 2 * 60_000

/**
 * Milliseconds until the sign-in ends, idle or absolute, whichever is first. The server's times are compared with the
 * server's own clock; `readAt` (this device's, when the answer came) only measures what has passed since.
 */
export function msLeft(clock: Schema<'SessionOut'>, readAt: number, now: number): number {
  const end = Math.min(Date.parse(clock.idle_expires_at), Date.parse(clock.absolute_expires_at))
  return end - Date.parse(clock.server_time) - Math.max(0, now - readAt)
}

/** "1:05" */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
