import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { redirect, Outlet, useLocation, useMatches, useNavigate, useNavigation } from 'react-router'
import { ApiError } from '@/api/errors'
import { meQuery, useMe } from '@/api/me'
import { queryClient } from '@/api/queries'
import { classes } from '@/lib/classes'
import { paths } from '@/lib/paths'
import { useKeys } from '@/lib/use-keys'
import { SkeletonRows } from '@/ui/Skeleton'
import { areasFor } from './areas'
import { BottomBar } from './BottomBar'
import { AlertBanner } from './AlertBanner'
import { DowntimeBanner } from './DowntimeBanner'
import { EmergencyBanner } from './EmergencyBanner'
import { Find } from './find/Find'
import { Rail } from './Rail'
import type { PageHandle } from './pages'
import { SessionKeeper } from './SessionKeeper'
import { TopBar } from './TopBar'

const KeyMapDialog = lazy(async () => ({ default: (await import('./KeyMapDialog')).KeyMapDialog }))

/** Nothing inside the frame shows before we know who it is for. */
export async function loader() {
  try {
    return await queryClient.query({ ...meQuery(), staleTime: 'static' })
  } catch (error) {
    if (error instanceof ApiError && error.code === 'second_factor_missing') return redirect(paths.enrol())
    if (error instanceof ApiError && error.code === 'password_change_due') return redirect(paths.newPassword())
    throw error
  }
}

/** Around every staff page: rail, top bar, find, keys, and the watch over an idle sign-in. */
export function Component() {
  const [findIsOpen, setFindOpen] = useState(false)
  const [keysAreOpen, setKeysOpen] = useState(false)
  const navigate = useNavigate()
  const page = usePageHandle()
  const main = useFocusOnNewPage()
  useKeys({
    'mod+k': () => setFindOpen(true),
    '?': () => setKeysOpen(true),
    ...Object.fromEntries(areasFor(useMe()).map(({ keys, href }) => [keys, () => void navigate(href)])),
  })
  return (
    <div className="flex min-h-dvh">
      <a href="#content" className="sr-only z-50 rounded-control bg-raised px-3 py-2 font-medium shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to content
      </a>
      <PendingBar />
      <Rail />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar onFind={() => setFindOpen(true)} onKeys={() => setKeysOpen(true)} />
        <DowntimeBanner />
        <EmergencyBanner />
        <AlertBanner />
        <main id="content" ref={main} tabIndex={-1} className={classes('flex-1 outline-none phone:pb-20', page.wide ? 'flex min-h-0 flex-col' : 'mx-auto w-full max-w-7xl px-6 py-6 phone:px-4 phone:py-4')}>
          <Suspense key={page.key} fallback={page.skeleton ?? <SkeletonRows />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomBar />
      <Find open={findIsOpen} onClose={() => setFindOpen(false)} onKeys={() => setKeysOpen(true)} />
      {keysAreOpen && (
        <Suspense>
          <KeyMapDialog onClose={() => setKeysOpen(false)} />
        </Suspense>
      )}
      <SessionKeeper />
    </div>
  )
}

function usePageHandle(): PageHandle & { key: string } {
  const match = useMatches().at(-1)
  const handle = match?.handle as PageHandle | undefined
  const title = handle?.title ?? 'MentalSpace'
  useEffect(() => {
    document.title = title === 'MentalSpace' ? title : `${title} – MentalSpace`
  }, [title])
  return { ...handle, title, key: match?.pathname ?? '' }
}

/** A screen reader learns of a new page because focus moves to it; the first page keeps the browser's own start. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const seen = useRef(pathname)
  useEffect(() => {
    if (seen.current === pathname) return
    seen.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}

/** A line at the top while a page that is slow to come is loading. */
function PendingBar() {
  const { state } = useNavigation()
  if (state === 'idle') return null
  return <div role="progressbar" aria-label="Loading page" className="fixed inset-x-0 top-0 z-50 h-0.5 animate-[appear_200ms_300ms_both] bg-accent" />
}
