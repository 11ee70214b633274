import { createBrowserRouter } from 'react-router'
import { meQuery } from '@/api/me'
import { queryClient } from '@/api/queries'
import { onSignedOut } from '@/api/session'
import { paths } from '@/lib/paths'
import { routes } from './routes'

export const router = createBrowserRouter(routes)

/** When a sign-in ends, for whatever reason: forget what was read, show sign-in, and keep in history where one was. */
onSignedOut((reason) => {
  const { pathname, search } = router.state.navigation.location ?? router.state.location
  if (pathname.startsWith(paths.signIn())) return
  const wasSignedIn = queryClient.getQueryData(meQuery().queryKey) !== undefined
  queryClient.clear()
  const from = reason === 'asked' ? undefined : pathname + search
  void router.navigate(paths.signIn(), { replace: true, state: { from, reason: wasSignedIn ? reason : undefined } })
})
