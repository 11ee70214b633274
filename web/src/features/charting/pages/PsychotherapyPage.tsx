import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useNavigate, useParams, useSearchParams, type LoaderFunctionArgs } from 'react-router'
import { prefetch } from '@/api/queries'
import { paths } from '@/lib/paths'
import { PrivateEditor } from '../parts/PrivateEditor'
import { NoteSkeleton } from '../parts/NoteSkeleton'
import { psychotherapyNoteQuery } from '../queries'

export const loader = ({ params, request }: LoaderFunctionArgs) => {
  const isNew = new URL(request.url).searchParams.has('client')
  return isNew ? null : prefetch(psychotherapyNoteQuery(params.psychotherapyId ?? ''))
}

/** One psychotherapy note, for its author. With a client in the address it is only begun: the first save takes that away. */
export function Component() {
  const { psychotherapyId = '' } = useParams()
  const [address] = useSearchParams()
  const navigate = useNavigate()
  const client = address.get('client')
  const { data: note, error } = useQuery({ ...psychotherapyNoteQuery(psychotherapyId), enabled: client === null, throwOnError: true, staleTime: Infinity })
  const isSaved = client !== null && note !== undefined
  useEffect(() => {
    if (isSaved) void navigate(paths.psychotherapyNote(psychotherapyId), { replace: true })
  }, [isSaved, navigate, psychotherapyId])
  if (error || (client === null && !note)) return <NoteSkeleton />
  return <PrivateEditor key={psychotherapyId} id={psychotherapyId} clientId={note?.client_id ?? client ?? ''} opened={note ?? null} />
}
