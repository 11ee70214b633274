import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { CloudOff, Compass, Lock, RefreshCw } from 'lucide-react'
import { isRouteErrorResponse, useRevalidator, useRouteError } from 'react-router'
import { asApiError } from '@/api/errors'
import { paths } from '@/lib/paths'
import { EmptyState } from '@/ui/EmptyState'
import { ErrorState } from '@/ui/ErrorState'
import { Link } from '@/ui/Link'
import { LinkButton } from '@/ui/LinkButton'

const offline = { icon: CloudOff, title: 'No connection', children: 'This page could not be fetched. What you saved is safe; try again once you are back online.' }
const newer = { icon: RefreshCw, title: 'A newer version is ready', children: 'MentalSpace was updated while this tab was open. Load the page again to go on.' }

/** What stands in a page's place when it failed: not found, not allowed, or a failure one can try again. */
export function RouteError({ whole = false }: { whole?: boolean }) {
  const thrown = useRouteError()
  const { reset } = useQueryErrorResetBoundary()
  const { revalidate, state } = useRevalidator()
  if (isRouteErrorResponse(thrown) && thrown.status === 404) return <NotFound />
  const error = asApiError(thrown)
  if (error.isNotFound) return <NotFound />
  if (error.isForbidden) return <NoPermission />
  const isChunk = thrown instanceof TypeError && thrown.message.includes('dynamically imported module')
  const isOffline = error.isOffline || (isChunk && !navigator.onLine)
  const retry = () => {
    if (isChunk && navigator.onLine) return window.location.reload()
    reset()
    void revalidate()
  }
  const failure = (
    <ErrorState level={1} {...(isOffline ? offline : isChunk ? newer : { title: error.title, children: error.detail })} onRetry={retry} busy={state === 'loading'} />
  )
  return whole ? <main className="flex min-h-dvh items-center justify-center">{failure}</main> : failure
}

export function NotFound() {
  return (
    <EmptyState icon={Compass} title="Nothing here" level={1} action={<LinkButton href={paths.today()}>Go to today</LinkButton>}>
      This page does not exist, or it is not yours to see. Check the address, or look for it with Find.
      <span className="block pt-2">
        Is somebody in danger? <Link href={paths.emergency()}>Emergency access</Link> opens a chart by its record number.
      </span>
    </EmptyState>
  )
}

function NoPermission() {
  return (
    <EmptyState icon={Lock} title="Not part of your role" level={1} action={<LinkButton href={paths.today()}>Go to today</LinkButton>}>
      Your role does not include this page. If your work needs it, ask an administrator of your practice.
    </EmptyState>
  )
}
