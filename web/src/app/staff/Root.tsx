import { I18nProvider, RouterProvider as AriaRouterProvider } from 'react-aria-components'
import { Outlet, ScrollRestoration, useHref, useNavigate } from 'react-router'
import { ToastRegion } from '@/ui/ToastRegion'

/** Around every page: react-aria's links navigate without loading, words and dates are read as American English. */
export function Root() {
  const navigate = useNavigate()
  return (
    <I18nProvider locale="en-US">
      <AriaRouterProvider navigate={(to, options) => void navigate(to, options)} useHref={useHref}>
        <Outlet />
        <ToastRegion />
        <ScrollRestoration />
      </AriaRouterProvider>
    </I18nProvider>
  )
}
