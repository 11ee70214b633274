import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { signOut } from '@/api/auth'
import { query, useApiMutation } from '@/api/queries'
import { signedOut } from '@/api/session'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { countdown, msLeft, WARN_MS } from './session-clock'

const CHECK_EVERY_MS = 30_000
const ACTIVE_MS = 60_000

/**
 * Watches the idle limit (the server's, 15 minutes): warns two minutes before, and at the end signs out, keeping the page.
 * The reading does not extend anything; someone who is at the keyboard without asking the server anything is kept in quietly.
 */
export function SessionKeeper() {
  const clock = query('/api/session')
  const queries = useQueryClient()
  const { data, dataUpdatedAt } = useQuery({ ...clock, staleTime: 0, refetchInterval: CHECK_EVERY_MS, refetchIntervalInBackground: true, refetchOnWindowFocus: 'always' })
  const lastActive = useLastActivity()
  const ticking = data !== undefined && msLeft(data, dataUpdatedAt, dataUpdatedAt) <= WARN_MS + CHECK_EVERY_MS
  const now = Math.max(useNow(ticking), dataUpdatedAt)
  const extend = useApiMutation('post', '/api/session', { onSuccess: (fresh) => queries.setQueryData(clock.queryKey, fresh) })
  const leave = useMutation({ mutationFn: signOut, onSettled: () => signedOut('asked') })
  const left = data ? msLeft(data, dataUpdatedAt, now) : Infinity
  const warning = left <= WARN_MS
  const isActive = now - lastActive.current < ACTIVE_MS

  const { mutate: stay, isPending } = extend
  useEffect(() => {
    if (left <= 0) {
      void signOut().catch(() => undefined)
      signedOut('idle')
    }
    if (left > 0 && warning && isActive && !isPending) stay({})
  }, [left, warning, isActive, isPending, stay])

  return (
    <Dialog
      title="Still there?"
      role="alertdialog"
      open={warning && !isActive && left > 0}
      onClose={() => stay({})}
      footer={
        <>
          <Button busy={leave.isPending} onPress={() => leave.mutate()}>
            Sign out now
          </Button>
          <Button variant="primary" autoFocus busy={isPending} onPress={() => stay({})}>
            Stay signed in
          </Button>
        </>
      }
    >
      <p>
        Nothing has happened here for a while. To keep clients' records private, MentalSpace signs you out in{' '}
        <strong className="font-semibold tabular" role="timer">
          {countdown(left)}
        </strong>
        . You will come back to this page.
      </p>
      {extend.error && (
        <Alert tone="danger" className="mt-3">
          {extend.error.detail}
        </Alert>
      )}
    </Dialog>
  )
}

/** When the person last did something on this page; kept out of React, as it changes with every key. */
function useLastActivity() {
  const last = useRef(0)
  useEffect(() => {
    last.current = Date.now()
    const note = (event: Event) => {
      if (!(event.target instanceof Element && event.target.closest('[role="alertdialog"]'))) last.current = Date.now()
    }
    const events = ['keydown', 'pointerdown', 'wheel', 'touchmove'] as const
    for (const name of events) document.addEventListener(name, note, { passive: true, capture: true })
    return () => {
      for (const name of events) document.removeEventListener(name, note, { capture: true })
    }
  }, [])
  return last
}

/** The time, every second while somebody looks at a countdown, else as it was when last asked. */
function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!ticking) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [ticking])
  return now
}
