import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery, useMe } from '@/api/me'
import { prefetch, queryClient } from '@/api/queries'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { wordsMessages } from '../can'
import { WordingPanel } from '../forms/WordingPanel'
import { MessagesFrame } from '../parts/MessagesFrame'
import { NotYours } from '../parts/NotYours'
import { WordingList } from '../parts/WordingList'
import { wordingsQuery, type Wording } from '../queries'

export async function loader() {
  const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
  return wordsMessages(me) ? prefetch(wordingsQuery()) : null
}

export function Component() {
  return wordsMessages(useMe()) ? <Wordings /> : <NotYours />
}

function Wordings() {
  const { data: wordings, error, refetch } = useQuery(wordingsQuery())
  const [editing, edit] = useState<Wording | null>(null)
  return (
    <MessagesFrame tab="wordings">
      <p className="max-w-prose text-13 text-muted">What the practice writes by itself, and in which words. Texts of reminders are worded under Reminders, those of rules under Rules.</p>
      {wordings ? (
        <WordingList wordings={wordings} onChange={edit} />
      ) : error ? (
        <ErrorState title={error.title} onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      ) : (
        <SkeletonRows rows={10} label="Loading the wordings" />
      )}
      {editing && <WordingPanel key={`${editing.kind} ${editing.channel}`} wording={editing} onClose={() => edit(null)} />}
    </MessagesFrame>
  )
}
