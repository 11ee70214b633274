import { useApiMutation } from '@/api/queries'
import { toast } from '@/ui/toast-queue'
import type { Document } from './words'

/** Archives and restores at once; Undo does the other. */
export function useArchive() {
  const options = { invalidates: ['/api/clients/{client_id}/documents'] as const, onError: ({ detail }: { detail: string }) => toast({ message: detail, tone: 'danger' as const }) }
  const put = useApiMutation('put', '/api/documents/{document_id}/archive', { ...options, invalidates: [...options.invalidates] })
  const take = useApiMutation('delete', '/api/documents/{document_id}/archive', { ...options, invalidates: [...options.invalidates] })
  const of = (document: Document) => ({ params: { path: { document_id: document.id } } })
  const archive = (document: Document): void => put.mutate(of(document), { onSuccess: () => toast({ message: `${document.title} archived`, undo: () => take.mutate(of(document)) }) })
  const restore = (document: Document): void => take.mutate(of(document), { onSuccess: () => toast({ message: `${document.title} restored`, undo: () => put.mutate(of(document)) }) })
  return { archive, restore }
}
