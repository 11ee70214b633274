import { useQueryClient } from '@tanstack/react-query'
import { Siren } from 'lucide-react'
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { runningEmergencyQuery, type EmergencyAccess } from '@/api/emergency'
import { useMe } from '@/api/me'
import { invalidate, useApiMutation } from '@/api/queries'
import { formatTime } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { LinkButton } from '@/ui/LinkButton'
import { toast } from '@/ui/toast-queue'

/** One chart that is open by emergency access. */
export function EmergencyLine({ access }: { access: EmergencyAccess }) {
  const zone = useMe().practice.timezone
  const { pathname } = useLocation()
  const close = useClosing(access)
  const end = useApiMutation('delete', '/api/emergency-access/{access_id}', {
    onSuccess: () => {
      toast({ message: 'Emergency access ended' })
      return close()
    },
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  const chart = paths.client(access.client_id)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-6 py-2 phone:px-4">
      <p className="flex min-w-0 flex-1 basis-72 items-start gap-2 text-14">
        <Siren aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0">
          Emergency access to the chart of <strong className="font-semibold break-words">{access.client_name}</strong>, for reading, until <span className="tabular">{formatTime(access.expires_at, zone)}</span>
        </span>
      </p>
      <span className="flex gap-2">
        {pathname !== chart && (
          <LinkButton size="sm" href={chart}>
            Open chart
          </LinkButton>
        )}
        <Button size="sm" busy={end.isPending} onPress={() => end.mutate({ params: { path: { access_id: access.id } } })}>
          End access
        </Button>
      </span>
    </div>
  )
}

/** When it is over, what was read of the chart leaves this page and its memory at once. By itself: at the minute it ends. */
function useClosing({ client_id, expires_at }: EmergencyAccess) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const close = async () => {
    await queries.invalidateQueries({ queryKey: runningEmergencyQuery().queryKey })
    await navigate(paths.emergency())
    queries.removeQueries({ predicate: ({ queryKey, state }) => JSON.stringify([queryKey, state.data]).includes(client_id) })
    await invalidate('/api/emergency-access')
  }
  useEffect(() => {
    const left = Date.parse(expires_at) - Date.now()
    const timer = setTimeout(() => void close(), Math.max(0, left) + 500)
    return () => clearTimeout(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the timer belongs to this access alone
  }, [client_id, expires_at])
  return close
}
