import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { http } from '@/api/client'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'

type Draft = Schema<'WordingDraftIn'>

/** What a reader gets, made by the server as what is sent, with invented values; or what is wrong with the words. */
export function WordingPreview({ draft }: { draft: Draft }) {
  const asked = useDeferredValue(draft)
  const { data: shown, error } = useQuery({ ...previewQuery(asked), placeholderData: keepPreviousData })
  const wrong = error && (error.fields.subject?.[0] ?? error.fields.body?.[0] ?? error.detail)
  return (
    <section aria-label="Preview" aria-live="polite" className="flex flex-col gap-1">
      {wrong ? (
        <Alert tone="warning">{wrong}</Alert>
      ) : (
        shown && (
          <Alert title={draft.channel === 'Email' ? shown.subject : `${shown.parts} text message${shown.parts === 1 ? '' : 's'}`}>
            <p className="pt-1 text-13 break-words whitespace-pre-wrap">{shown.text}</p>
          </Alert>
        )
      )}
      <p className="text-12 text-muted">With invented names and links. Left empty, it is the product’s own.</p>
    </section>
  )
}

const previewQuery = (body: Draft) => ({
  queryKey: ['preview of a wording', body.kind, body.channel, body.subject, body.body],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await http.POST('/api/message-wording-previews', { body, signal })).data ?? null,
  retry: false,
})
