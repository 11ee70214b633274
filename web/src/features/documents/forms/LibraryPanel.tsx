import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { paperCategoryOptions, paperQuery, type Paper } from '../library'
import { VersionList } from '../parts/VersionList'

type LibraryPanelProps = { paper: Paper; zone: string; whyNot: string | null; onOpen: (paper: Paper) => void; onClose: () => void }

/** How a paper of the practice is called, described and filed, and its versions. */
export function LibraryPanel({ paper, zone, whyNot, onOpen, onClose }: LibraryPanelProps) {
  const [title, setTitle] = useState(paper.title)
  const [description, setDescription] = useState(paper.description)
  const [category, setCategory] = useState(paper.category)
  const [tags, setTags] = useState(paper.tags.join(', '))
  const [refusal, setRefusal] = useState<string | null>(null)
  const reason = paper.status === 'quarantined' ? 'This document is in quarantine and stays as it is.' : whyNot
  const { data, error, isPending } = useQuery(paperQuery(paper.id))
  const change = useApiMutation('put', '/api/library/{library_document_id}', {
    invalidates: ['/api/library', '/api/library/{library_document_id}'],
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
    change.mutate({ params: { path: { library_document_id: paper.id } }, body: { title, description, category, tags: named.filter(Boolean), version: paper.version } })
  }
  return (
    <Panel
      title="Document of the library"
      subtitle={paper.file_name}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" type="submit" form="paper" busy={change.isPending} disabledReason={reason}>
            Save document
          </Button>
        </>
      }
    >
      <form
        id="paper"
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
        <TextArea label="Description" value={description} onChange={setDescription} maxLength={500} rows={3} hint="What it is for, and when to use it." readOnly={reason !== null} />
        <Select label="Category" options={paperCategoryOptions} value={category} onChange={setCategory} />
        <TextField label="Tags" value={tags} onChange={setTags} hint="Words to find it by, with commas between." autoComplete="off" readOnly={reason !== null} />
      </form>
      <VersionList versions={data?.versions} error={error} isPending={isPending} zone={zone} onOpen={onOpen} />
    </Panel>
  )
}
