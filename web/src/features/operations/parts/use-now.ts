import { useEffect, useState } from 'react'

const EVERY_MS = 15_000

/** The present moment, as often as a countdown in minutes needs it. */
export function useNow(): string {
  const [now, tick] = useState(() => new Date().toISOString())
  useEffect(() => {
    const timer = setInterval(() => tick(new Date().toISOString()), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
