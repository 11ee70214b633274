import { useQuery } from '@tanstack/react-query'
import { Plus, Send } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { newId } from '@/lib/uuid'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { Select } from '@/ui/Select'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { SignerRow, type Chosen } from '../parts/SignerRow'
import { roleOf, signersQuery, touched, type SignerOption } from '../signing'
import type { Document } from '../words'

const lasts = ['7', '14', '30', '90'].map((id) => ({ id, label: `${id} days` }))
/** mentalspace/documents/signing/rules.py: MOST_SIGNERS */
const mostSigners = 10

/** Who is to sign a document, in what order, until when. */
export function SendForSignature({ document, onClose }: { document: Document; onClose: () => void }) {
  const options = useQuery(signersQuery(document.client_id))
  return options.data ? (
    <Asking document={document} options={options.data} onClose={onClose} />
  ) : (
    <Dialog title={`Send ${document.title} for signature`} open size="md" onClose={onClose}>
      {options.error ? (
        <ErrorState title="Who can sign could not be loaded" onRetry={() => void options.refetch()}>
          {options.error.detail}
        </ErrorState>
      ) : (
        <SkeletonRows rows={3} label="Loading who can sign" />
      )}
    </Dialog>
  )
}

const empty = (): Chosen => ({ key: newId(), id: null, role: null })
/** The client first, when a link can be sent to them. */
function first(options: readonly SignerOption[]): Chosen[] {
  const client = options.find(({ kind, why_not }) => kind === 'client' && why_not === '')
  return [client ? { key: newId(), id: client.id, role: roleOf(client) } : empty()]
}

function Asking({ document, options, onClose }: { document: Document; options: readonly SignerOption[]; onClose: () => void }) {
  const [id] = useState(newId)
  const [signers, setSigners] = useState(() => first(options))
  const [isOrdered, setOrdered] = useState(true)
  const [message, setMessage] = useState('')
  const [days, setDays] = useState('14')
  const send = useApiMutation('post', '/api/documents/{document_id}/signature-requests', {
    invalidates: touched,
    onSuccess: () => {
      toast({ message: `${document.title} sent for signature` })
      onClose()
    },
  })
  const named = signers.flatMap(({ id: signer, role }) => (signer !== null && role !== null ? [{ id: signer, role }] : []))
  const whyNot = named.length < signers.length ? 'Choose who signs in each line.' : named.length === 0 ? 'Add somebody who signs.' : null
  const change = (key: string, next: Partial<Chosen>) => setSigners((all) => all.map((one) => (one.key === key ? { ...one, ...next } : one)))
  const move = (from: number, to: number) => setSigners((all) => all.map((one, at) => (at === to ? all[from] : at === from ? all[to] : one)).filter((one) => one !== undefined))
  const writesTo = signers.some(({ role }) => role === 'Client' || role === 'Guardian')
  return (
    <Dialog
      title={`Send ${document.title} for signature`}
      open
      size="md"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            icon={Send}
            busy={send.isPending}
            disabledReason={whyNot}
            onPress={() => send.mutate({ params: { path: { document_id: document.id } }, body: { id, signers: named, is_ordered: isOrdered, message, days: Number(days) } })}
          >
            Send for signature
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {send.error && <Alert tone="danger">{send.error.fields.signers?.[0] ?? send.error.detail}</Alert>}
        <ol aria-label="Who signs" className="flex flex-col gap-3">
          {signers.map((signer, at) => (
            <SignerRow
              key={signer.key}
              number={at + 1}
              signer={signer}
              options={options.filter(({ id: other }) => other === signer.id || signers.every(({ id: taken }) => taken !== other))}
              onChange={(next) => change(signer.key, next)}
              onUp={at > 0 ? () => move(at, at - 1) : null}
              onRemove={signers.length > 1 ? () => setSigners((all) => all.filter(({ key }) => key !== signer.key)) : null}
            />
          ))}
        </ol>
        <Button icon={Plus} size="sm" className="self-start" disabledReason={signers.length >= mostSigners ? 'Ten people at most sign one document.' : null} onPress={() => setSigners((all) => [...all, empty()])}>
          Add a signer
        </Button>
        {signers.length > 1 && (
          <Checkbox checked={isOrdered} onChange={setOrdered}>
            One after the other: each is asked when the one before has signed
          </Checkbox>
        )}
        <TextArea label="Message" hint="Shown beside the document, never in a mail." value={message} onChange={setMessage} maxLength={500} />
        <Select label="Can be signed for" options={lasts} value={days} onChange={setDays} className="max-w-40" />
        {writesTo && <Alert>Clients and guardians get a link by mail that names neither them nor the document. They enter the client’s date of birth before they see it.</Alert>}
        <p className="text-13 text-muted">Until it is signed, declined or withdrawn, the document takes no new version. Once signed it cannot be changed.</p>
      </div>
    </Dialog>
  )
}
