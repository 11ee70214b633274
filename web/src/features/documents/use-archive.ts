import { useApiMutation } from '@/api/queries'
import { toast } from '@/ui/toast-queue'
import type { Kept } from './words'

const places = {
  chart: { path: '/api/documents/{document_id}/archive', list: '/api/clients/{client_id}/documents' },
  library: { path: '/api/library/{library_document_id}/archive', list: '/api/library' },
} as const

/** Archives and restores at once; Undo does the other. */
export function useArchive(place: keyof typeof places) {
  const { path, list } = places[place]
  const onError = ({ detail }: { detail: string }) => toast({ message: detail, tone: 'danger' })
  const put = useApiMutation('put', path, { invalidates: [list], onError })
  const take = useApiMutation('delete', path, { invalidates: [list], onError })
  const of = ({ id }: Kept) => ({ params: { path: { document_id: id, library_document_id: id } } })
  const archive = (document: Kept): void => put.mutate(of(document), { onSuccess: () => toast({ message: `${document.title} archived`, undo: () => take.mutate(of(document)) }) })
  const restore = (document: Kept): void => take.mutate(of(document), { onSuccess: () => toast({ message: `${document.title} restored`, undo: () => put.mutate(of(document)) }) })
  return { archive, restore }
}
