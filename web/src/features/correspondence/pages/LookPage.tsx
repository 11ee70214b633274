import { useQuery } from '@tanstack/react-query'
import { meQuery, useMe } from '@/api/me'
import { prefetch, queryClient } from '@/api/queries'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { wordsMessages } from '../can'
import { LookForm } from '../forms/LookForm'
import { MessagesFrame } from '../parts/MessagesFrame'
import { NotYours } from '../parts/NotYours'
import { mailSettingsQuery } from '../queries'

export async function loader() {
  const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
  return wordsMessages(me) ? prefetch(mailSettingsQuery()) : null
}

export function Component() {
  return wordsMessages(useMe()) ? <Look /> : <NotYours />
}

function Look() {
  const { data: settings, error, refetch } = useQuery({ ...mailSettingsQuery(), refetchOnWindowFocus: false })
  return (
    <MessagesFrame tab="look">
      {settings ? (
        <LookForm key={settings.version} settings={settings} />
      ) : error ? (
        <ErrorState title={error.title} onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      ) : (
        <SkeletonRows rows={8} label="Loading how e-mail looks" />
      )}
    </MessagesFrame>
  )
}
