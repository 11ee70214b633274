import { createBrowserRouter } from 'react-router'
import { meQuery } from '@/api/me'
import { queryClient } from '@/api/queries'
import { onSignedOut } from '@/api/session'
import { paths } from '@/lib/paths'
import { FRAME, routes } from './routes'

let hasPages = false

export const router = createBrowserRouter(routes, {
  /** Who signs in need not know the pages inside the frame; they come along with it. */
  patchRoutesOnNavigation: async ({ patch }) => {
    if (hasPages) return
    const [{ pages }] = await Promise.all([import('./pages'), import('./Frame')])
    patch(FRAME, pages)
    hasPages = true
    void import('./page-loads').then(({ watchPageLoads }) => watchPageLoads(router))
  },
})

/** Pages for whoever has not signed in; nothing on them ends with a sign-in. */
const isOpen = (pathname: string): boolean => pathname === paths.signIn() || /^\/(reset|verify|invitation|setup)(\/|$)/.test(pathname)

/** When a sign-in ends, for whatever reason: forget what was read, show sign-in, and keep in history where one was. */
onSignedOut((reason) => {
  const { pathname, search } = router.state.navigation.location ?? router.state.location
  if (isOpen(pathname)) return
  const wasSignedIn = queryClient.getQueryData(meQuery().queryKey) !== undefined
  queryClient.clear()
  const from = reason === 'asked' ? undefined : pathname + search
  void router.navigate(paths.signIn(), { replace: true, state: { from, reason: wasSignedIn ? reason : undefined } })
})
