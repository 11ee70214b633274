import { useQuery } from '@tanstack/react-query'
import { PenLine, Send } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { placeLooks, requestLooks, requestsQuery, saidOf, touched, unreached, whyNotSend, type Place, type SignatureRequest } from '../signing'
import type { Document } from '../words'
import { NoCopy } from './NoCopy'
import { SignerMail } from './SignerMail'

const SignDocument = lazy(async () => ({ default: (await import('../forms/SignDocument')).SignDocument }))
const SendForSignature = lazy(async () => ({ default: (await import('../forms/SendForSignature')).SendForSignature }))

type SignatureListProps = { document: Document; zone: string; whyNot: string | null }

/** A document's signatures: who was asked, who has signed, and what can be done about it. */
export function SignatureList({ document, zone, whyNot }: SignatureListProps) {
  const me = useMe()
  const [isSending, setSending] = useState(false)
  const requests = useQuery(requestsQuery(document.id))
  const items = requests.data?.items
  const held = whyNotSend(document, whyNot)
  return (
    <section aria-label="Signatures" className="mt-6 border-t border-line pt-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-13 font-semibold">Signatures</h3>
        <Button size="sm" icon={Send} disabledReason={held} onPress={() => setSending(true)}>
          Send for signature
        </Button>
      </div>
      {requests.isPending && <SkeletonRows rows={2} label="Loading signatures" />}
      {requests.error && (
        <Alert tone="danger" className="mt-2" action={<Button size="sm" onPress={() => void requests.refetch()}>Try again</Button>}>
          {requests.error.detail}
        </Alert>
      )}
      {items?.length === 0 && <p className="mt-2 text-13 text-muted">Nobody was asked to sign this document yet.</p>}
      <ul className="divide-y divide-line">
        {items?.map((request) => (
          <Request key={request.id} request={request} me={me.id} zone={zone} whyNot={whyNot} />
        ))}
      </ul>
      {isSending && (
        <Suspense>
          <SendForSignature document={document} onClose={() => setSending(false)} />
        </Suspense>
      )}
    </section>
  )
}

function Request({ request, me, zone, whyNot }: { request: SignatureRequest; me: string; zone: string; whyNot: string | null }) {
  const [isSigning, setSigning] = useState(false)
  const mine = request.places.find(({ person_id, state }) => person_id === me && state === 'asked')
  const isOpen = request.status === 'open'
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusBadge size="sm" {...requestLooks[request.status]} />
        <span className="text-13 text-muted">
          Sent {formatMoment(request.created_at, zone)} by {request.created_by}
          {isOpen && `, can be signed until ${formatMoment(request.expires_at, zone)}`}
        </span>
      </div>
      {request.message !== '' && <p className="text-13 [overflow-wrap:anywhere]">“{request.message}”</p>}
      <ol aria-label="Signers" className="flex flex-col gap-2">
        {request.places.map((place) => (
          <Signer key={place.id} place={place} zone={zone} request={request} />
        ))}
      </ol>
      {request.status === 'signed' && request.sealed_id === null && (request.copy_given_up_at === null ? <Alert>Everybody has signed. The copy with all signatures is being made.</Alert> : <NoCopy request={request} zone={zone} whyNot={whyNot} />)}
      {request.gives_copy && whyNot === null && request.places.some(({ email }) => email !== '') && <SendingCopy request={request} />}
      {isOpen && (
        <div className="flex flex-wrap gap-2">
          {mine && (
            <Button size="sm" variant="primary" icon={PenLine} onPress={() => setSigning(true)}>
              Read and sign
            </Button>
          )}
          {whyNot === null && <Withdrawing request={request} />}
        </div>
      )}
      {isSigning && mine && (
        <Suspense>
          <SignDocument request={request} place={mine} onClose={() => setSigning(false)} />
        </Suspense>
      )}
    </li>
  )
}

function Signer({ place, zone, request }: { place: Place; zone: string; request: SignatureRequest }) {
  const isOpen = request.status === 'open'
  const how = place.method === 'drawn' ? ', drawn' : ''
  const when = place.decided_at ?? (isOpen ? place.asked_at : null)
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 text-13">
      <div className="min-w-0 flex-1 basis-40">
        <p className="font-medium">
          {place.name} <span className="font-normal text-muted">({place.role.toLowerCase()})</span>
        </p>
        <p className="text-muted [overflow-wrap:anywhere]">{when && formatMoment(when, zone)}{how}</p>
        <SignerMail place={place} zone={zone} request={request} />
        {place.decline_reason !== '' && <p className="[overflow-wrap:anywhere]">“{place.decline_reason}”</p>}
        {place.is_gone && isOpen && place.decided_at === null && <p className="text-danger-text">Their account is closed, or they left the care team, so they cannot sign. Withdraw this and send it again.</p>}
      </div>
      <StatusBadge size="sm" {...placeLooks[place.state]} />
    </li>
  )
}

function SendingCopy({ request }: { request: SignatureRequest }) {
  const send = useApiMutation('post', '/api/signature-requests/{request_id}/copy-mail', {
    invalidates: touched,
    onSuccess: (now) => toast(saidOf('Signed copy sent', unreached(now, 'signed'))),
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  return (
    <div>
      <Button size="sm" busy={send.isPending} onPress={() => send.mutate({ params: { path: { request_id: request.id } } })}>
        Send the copy again
      </Button>
    </div>
  )
}

function Withdrawing({ request }: { request: SignatureRequest }) {
  const [isAsking, setAsking] = useState(false)
  const path = { params: { path: { request_id: request.id } } }
  const remind = useApiMutation('post', '/api/signature-requests/{request_id}/reminder', {
    invalidates: touched,
    onSuccess: (now) => toast(saidOf('Reminded', unreached(now, 'asked'))),
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  const withdraw = useApiMutation('post', '/api/signature-requests/{request_id}/withdrawal', {
    invalidates: touched,
    onSuccess: () => {
      toast({ message: 'Request withdrawn' })
      setAsking(false)
    },
  })
  return (
    <>
      <Button size="sm" busy={remind.isPending} onPress={() => remind.mutate(path)}>
        Remind
      </Button>
      <Button size="sm" variant="quiet" onPress={() => setAsking(true)}>
        Withdraw
      </Button>
      <ConfirmDialog title="Withdraw this request?" open={isAsking} onClose={() => setAsking(false)} action="Withdraw request" danger busy={withdraw.isPending} error={withdraw.error?.detail} onConfirm={() => withdraw.mutate(path)}>
        Nobody can sign it any more, and signatures given so far are void. The document can be sent again.
      </ConfirmDialog>
    </>
  )
}
