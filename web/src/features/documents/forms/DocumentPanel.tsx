import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { documentQuery } from '../queries'
import { ShareList } from '../parts/ShareList'
import { SignatureList } from '../parts/SignatureList'
import { VersionList } from '../parts/VersionList'
import { categoryOptions, wordsOf, type Document } from '../words'

type DocumentPanelProps = { document: Document; zone: string; whyNot: string | null; onOpen: (document: Document) => void; onClose: () => void }

/** How a document is called and filed, with whom it is shared, its signatures and its versions. */
export function DocumentPanel({ document, zone, whyNot, onOpen, onClose }: DocumentPanelProps) {
  const [title, setTitle] = useState(document.title)
  const [category, setCategory] = useState(document.category)
  const [tags, setTags] = useState(document.tags.join(', '))
  const [refusal, setRefusal] = useState<string | null>(null)
  const versions = useQuery(documentQuery(document.id))
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
        <TextField label="Name" required value={title} onChange={setTitle} maxLength={200} autoComplete="off" readOnly={reason !== null || document.signed_at !== null} hint={document.signed_at === null ? undefined : 'A signed document keeps its name.'} />
        <Select label="Category" options={categoryOptions} value={category} onChange={setCategory} />
        <TextField label="Tags" value={tags} onChange={setTags} hint="Words to find it by, with commas between." autoComplete="off" readOnly={reason !== null} />
      </form>
      <p className="mt-4 text-13 text-muted">{wordsOf[document.words]}</p>
      {document.template_version !== null && (
        <p className="mt-2 text-13 text-muted">
          Made from the template “{document.template}”, version {document.template_version}.
        </p>
      )}
      <ShareList document={document} zone={zone} whyNot={reason} />
      <SignatureList document={document} zone={zone} whyNot={reason} />
      <VersionList versions={versions.data?.versions} error={versions.error} isPending={versions.isPending} zone={zone} onOpen={onOpen} />
    </Panel>
  )
}
