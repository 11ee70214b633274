import { useQuery } from '@tanstack/react-query'
import { meQuery, useMe } from '@/api/me'
import { prefetch, queryClient } from '@/api/queries'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { runsOutbox } from '../can'
import { CarrierSection } from '../parts/CarrierSection'
import { MessagesFrame } from '../parts/MessagesFrame'
import { NotYours } from '../parts/NotYours'
import { carriersQuery } from '../queries'

export async function loader() {
  const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
  return runsOutbox(me) ? prefetch(carriersQuery()) : null
}

export function Component() {
  return runsOutbox(useMe()) ? <Carriers /> : <NotYours />
}

function Carriers() {
  const { data: carriers, error, refetch } = useQuery(carriersQuery())
  return (
    <MessagesFrame tab="carriers">
      {carriers ? (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
          {carriers.map((carrier) => (
            <CarrierSection key={carrier.channel} carrier={carrier} />
          ))}
        </div>
      ) : error ? (
        <ErrorState title={error.title} onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      ) : (
        <SkeletonRows rows={8} label="Loading the carriers" />
      )}
    </MessagesFrame>
  )
}
