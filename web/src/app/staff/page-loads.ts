import type { createBrowserRouter } from 'react-router'
import { onLCP } from 'web-vitals'
import { http } from '@/api/client'

const SOON_MS = 20_000
const MOST = 50

let waiting: number[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Tells the server how long pages took: the first one by its largest paint, later ones from press to paint. Times only, and of nobody. */
export function watchPageLoads(router: ReturnType<typeof createBrowserRouter>): void {
  let began: number | null = null
  onLCP(({ value }) => keep(value))
  router.subscribe(({ navigation }) => {
    if (navigation.state === 'loading') began ??= performance.now()
    else if (began !== null) {
      const since = began
      began = null
      requestAnimationFrame(() => requestAnimationFrame(() => keep(performance.now() - since)))
    }
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') tell()
  })
}

function keep(milliseconds: number): void {
  waiting.push(Math.round(milliseconds) / 1000)
  timer ??= setTimeout(tell, SOON_MS)
}

/** Not work, so it keeps nobody signed in; what does not arrive is not missed. */
function tell(): void {
  clearTimeout(timer)
  timer = undefined
  const seconds = waiting.slice(-MOST)
  waiting = []
  if (seconds.length > 0) http.POST('/api/page-loads', { body: { seconds }, headers: { 'X-Passive': '1' }, keepalive: true }).catch(() => undefined)
}
