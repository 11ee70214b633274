import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { documentQuery } from '../queries'
import { categoryOptions, sizeOf, wordsOf, type Document } from '../words'

type DocumentPanelProps = { document: Document; zone: string; whyNot: string | null; onOpen: (document: Document) => void; onClose: () => void }

/** How a document is called and filed, and its versions. */
export function DocumentPanel({ document, zone, whyNot, onOpen, onClose }: DocumentPanelProps) {
  const [title, setTitle] = useState(document.title)
  const [category, setCategory] = useState(document.category)
  const [tags, setTags] = useState(document.tags.join(', '))
  const [refusal, setRefusal] = useState<string | null>(null)
  const reason = document.status === 'quarantined' ? 'This document is in quarantine and stays as it is.' : whyNot
  const change = useApiMutation('put', '/api/documents/{document_id}', {
    invalidates: ['/api/clients/{client_id}/documents', '/api/documents/{document_id}'],
    onSuccess: () => {
      toast({ message: 'Document changed' })
      onClose()
    },
    onError: ({ detail, fields }) => setRefusal(fields.tags?.[0] ?? detail),
  })
  const save = () => {
    if (title.trim() === '') return setRefusal('Give the document a name.')
    setRefusal(null)
    const named = tags.split(',').map((tag) => tag.trim())
    change.mutate({ params: { path: { document_id: document.id } }, body: { title, category, tags: named.filter(Boolean), version: document.version } })
  }
  return (
    <Panel
      title="Document"
      subtitle={document.file_name}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" type="submit" form="document" busy={change.isPending} disabledReason={reason}>
            Save document
          </Button>
        </>
      }
    >
      <form
        id="document"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        {reason && <Alert>{reason}</Alert>}
        <TextField label="Name" required value={title} onChange={setTitle} maxLength={200} autoComplete="off" readOnly={reason !== null} />
        <Select label="Category" options={categoryOptions} value={category} onChange={setCategory} />
        <TextField label="Tags" value={tags} onChange={setTags} hint="Words to find it by, with commas between." autoComplete="off" readOnly={reason !== null} />
      </form>
      <p className="mt-4 text-13 text-muted">{wordsOf[document.words]}</p>
      <Versions document={document} zone={zone} onOpen={onOpen} />
    </Panel>
  )
}

function Versions({ document, zone, onOpen }: Pick<DocumentPanelProps, 'document' | 'zone' | 'onOpen'>) {
  const { data, error, isPending } = useQuery(documentQuery(document.id))
  return (
    <section aria-label="Versions" className="mt-6 border-t border-line pt-4">
      <h3 className="text-13 font-semibold">Versions</h3>
      {isPending && <SkeletonRows rows={2} label="Loading versions" />}
      {error && <Alert tone="danger">{error.detail}</Alert>}
      <ul className="mt-1 flex flex-col divide-y divide-line">
        {data?.versions.map((version) => (
          <li key={version.id} className="flex items-center justify-between gap-3 py-2">
            <div className="min-w-0 text-13">
              <p className="font-medium">Version {version.version_number}</p>
              <p className="text-muted">
                {formatMoment(version.uploaded_date, zone)}, {version.uploaded_by}, {sizeOf(version.file_size_bytes)}
              </p>
            </div>
            {version.state === 'kept' && (
              <Button size="sm" onPress={() => onOpen(version)} aria-label={`${version.is_shown ? 'Open' : 'Download'} version ${version.version_number}`}>
                {version.is_shown ? 'Open' : 'Download'}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
