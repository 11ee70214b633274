import { lazy, Suspense } from 'react'
import { I18nProvider, RouterProvider as AriaRouterProvider } from 'react-aria-components'
import { Outlet, ScrollRestoration, useHref, useNavigate, type Location } from 'react-router'
import { FrameSkeleton } from './FrameSkeleton'

/** Nothing is said before something is done, so what says it may come later than the first page. */
const ToastRegion = lazy(async () => ({ default: (await import('@/ui/ToastRegion')).ToastRegion }))

/** Every page that was opened by its address is "default" to the router: told apart by path, none inherits where another was scrolled to. */
const placeOf = ({ key, pathname }: Location): string => (key === 'default' ? pathname : key)

/** Around every page: react-aria's links navigate without loading, words and dates are read as American English. */
export function Root() {
  const navigate = useNavigate()
  return (
    <I18nProvider locale="en-US">
      <AriaRouterProvider navigate={(to, options) => void navigate(to, options)} useHref={useHref}>
        <Suspense fallback={<FrameSkeleton />}>
          <Outlet />
        </Suspense>
        <Suspense>
          <ToastRegion />
        </Suspense>
        <ScrollRestoration getKey={placeOf} />
      </AriaRouterProvider>
    </I18nProvider>
  )
}
