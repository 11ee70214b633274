import { useQuery } from '@tanstack/react-query'
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { guardianOf, recipientsOf } from '@/api/readers'
import type { Schema } from '@/api/schema'
import { newId } from '@/lib/uuid'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { RecipientChoice, useRecipient } from '@/ui/RecipientChoice'
import { Select } from '@/ui/Select'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { sharesQuery, touched } from '../sharing'
import type { Document } from '../words'

const spans = [
  { id: '7', label: 'A week' },
  { id: '30', label: 'Thirty days' },
  { id: '90', label: 'Ninety days' },
  { id: '365', label: 'A year' },
] as const

const nobody = 'It can be shared with nobody: a minor’s documents go to a guardian with a verified authority to see the record, and none is in the chart.'

/** With whom a document is shared, how they hear of it, and for how long. */
export function ShareDocument({ document, onClose }: { document: Document; onClose: () => void }) {
  const { data, error, refetch } = useQuery(sharesQuery(document.id))
  if (data) return <Sharing document={document} readers={data.readers} onClose={onClose} />
  return (
    <Dialog title={`Share ${document.title}`} open onClose={onClose}>
      {error ? (
        <ErrorState title="With whom it can be shared could not be loaded" onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      ) : (
        <SkeletonRows rows={3} label="Loading with whom it can be shared" />
      )}
    </Dialog>
  )
}

function Sharing({ document, readers, onClose }: { document: Document; readers: Schema<'LinkReaderOut'>[]; onClose: () => void }) {
  const [id] = useState(newId)
  const recipients = recipientsOf(readers, 'May see the record')
  const choice = useRecipient(recipients)
  const [days, setDays] = useState<(typeof spans)[number]['id']>('30')
  const [message, setMessage] = useState('')
  const share = useApiMutation('post', '/api/documents/{document_id}/shares', {
    invalidates: touched,
    onSuccess: () => {
      toast({ message: `${document.title} shared` })
      onClose()
    },
  })
  const { recipient, channel, hasAgreed: has_agreed } = choice
  const body = { id, guardian_id: guardianOf(recipient?.id), channel, has_agreed, days: Number(days), message }
  return (
    <Dialog
      title={`Share ${document.title}`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" icon={Link2} busy={share.isPending} disabledReason={choice.whyNot} onPress={() => share.mutate({ params: { path: { document_id: document.id } }, body })}>
            Share document
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {share.error && <Alert tone="danger">{Object.values(share.error.fields)[0]?.[0] ?? share.error.detail}</Alert>}
        <RecipientChoice recipients={recipients} choice={choice} nobody={nobody} />
        <TextArea label="Message" hint="Shown above the document, never in a mail." value={message} onChange={setMessage} maxLength={500} />
        <Select label="Shared for" options={spans} value={days} onChange={setDays} hint="They get a link that asks for the client’s date of birth. You can take it back at any time." />
      </div>
    </Dialog>
  )
}
