import { useQuery } from '@tanstack/react-query'
import { Link2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { lookOf, readingOf, sharesQuery, touched, whyNotShare, type Share } from '../sharing'
import type { Document } from '../words'

const ShareDocument = lazy(async () => ({ default: (await import('../forms/ShareDocument')).ShareDocument }))

type ShareListProps = { document: Document; zone: string; whyNot: string | null }

/** With whom a document is shared, whether they have read it, and taking it back. */
export function ShareList({ document, zone, whyNot }: ShareListProps) {
  const [isSharing, setSharing] = useState(false)
  const shares = useQuery(sharesQuery(document.id))
  const items = shares.data?.shares
  return (
    <section aria-label="Shared with" className="mt-6 border-t border-line pt-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-13 font-semibold">Shared with</h3>
        <Button size="sm" icon={Link2} disabledReason={whyNotShare(document, whyNot)} onPress={() => setSharing(true)}>
          Share
        </Button>
      </div>
      {shares.isPending && <SkeletonRows rows={1} label="Loading with whom it is shared" />}
      {shares.error && (
        <Alert tone="danger" className="mt-2" action={<Button size="sm" onPress={() => void shares.refetch()}>Try again</Button>}>
          {shares.error.detail}
        </Alert>
      )}
      {items?.length === 0 && <p className="mt-2 text-13 text-muted">Nobody outside the practice was given this document.</p>}
      <ul className="divide-y divide-line">
        {items?.map((share) => (
          <Shared key={share.id} share={share} document={document} zone={zone} whyNot={whyNot} />
        ))}
      </ul>
      {isSharing && (
        <Suspense>
          <ShareDocument document={document} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </section>
  )
}

function Shared({ share, document, zone, whyNot }: ShareListProps & { share: Share }) {
  const format = (moment: string) => formatMoment(moment, zone)
  const isGood = share.standing === 'good'
  const version = share.version_number !== document.version_number && `version ${share.version_number}`
  const end = isGood ? `until ${format(share.expires_at)}` : share.revoked_at && `taken back ${format(share.revoked_at)} by ${share.revoked_by}`
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2 py-3 text-13">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">
          {share.reader} <span className="font-normal text-muted [overflow-wrap:anywhere]">({share.address})</span>
        </p>
        <p className="text-muted">{[`Shared ${format(share.shared_at)} by ${share.shared_by}`, version, readingOf(share, format), end].filter(Boolean).join(', ')}</p>
        {share.message !== '' && <p className="[overflow-wrap:anywhere]">“{share.message}”</p>}
      </div>
      <div className="flex flex-col items-end gap-2">
        <StatusBadge size="sm" {...lookOf(share)} />
        {share.revoked_at === null && share.standing !== 'expired' && whyNot === null && <TakingBack share={share} />}
      </div>
    </li>
  )
}

function TakingBack({ share }: { share: Share }) {
  const [isAsking, setAsking] = useState(false)
  const back = useApiMutation('put', '/api/document-shares/{document_share_id}/taking-back', {
    invalidates: touched,
    onSuccess: () => {
      toast({ message: 'Taken back' })
      setAsking(false)
    },
  })
  const read = share.opened_at === null ? 'It was not opened yet.' : 'It was opened already: a copy that was kept cannot be taken back.'
  return (
    <>
      <Button size="sm" variant="quiet" onPress={() => setAsking(true)} aria-label={`Take back from ${share.reader}`}>
        Take back
      </Button>
      <ConfirmDialog title={`Take it back from ${share.reader}?`} open={isAsking} onClose={() => setAsking(false)} action="Take back" danger busy={back.isPending} error={back.error?.detail} onConfirm={() => back.mutate({ params: { path: { document_share_id: share.id } } })}>
        The link shows nothing any more from then on. {read}
      </ConfirmDialog>
    </>
  )
}
