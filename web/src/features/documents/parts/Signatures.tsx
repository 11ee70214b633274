import { useInfiniteQuery } from '@tanstack/react-query'
import { FileClock, PenLine } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useMe } from '@/api/me'
import { formatNear } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Badge } from '@/ui/Badge'
import { Button } from '@/ui/Button'
import { LinkButton } from '@/ui/LinkButton'
import { LoadMore } from '@/ui/LoadMore'
import { Section } from '@/ui/Section'
import { seesSignatures } from '../can'
import { waitingQuery, type SignatureRequest } from '../signing'

const SignDocument = lazy(async () => ({ default: (await import('../forms/SignDocument')).SignDocument }))

/** What waits for one's own signature, and what one has sent to others. Nothing is shown while nothing waits. */
export function Signatures() {
  const me = useMe()
  if (!seesSignatures(me)) return null
  return (
    <>
      <Waiting whose="mine" title="To sign" />
      <Waiting whose="sent" title="Out for signature" />
    </>
  )
}

function Waiting({ whose, title }: { whose: 'mine' | 'sent'; title: string }) {
  const list = useInfiniteQuery(waitingQuery(whose))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.error && items.length === 0) {
    return (
      <Alert tone="danger" className="mb-6" title={title} action={<Button size="sm" onPress={() => void list.refetch()}>Try again</Button>}>
        {list.error.detail}
      </Alert>
    )
  }
  if (items.length === 0) return null
  return (
    <Section title={title} flush className="mb-6 phone:-mx-4 phone:rounded-none phone:border-x-0" aside={list.hasNextPage ? undefined : <Badge count={items.length} label={`${items.length} in this list`} />}>
      <ul className="divide-y divide-line">
        {items.map((request) => (whose === 'mine' ? <ToSign key={request.id} request={request} /> : <Sent key={request.id} request={request} />))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()}>
        Show more
      </LoadMore>
    </Section>
  )
}

function ToSign({ request }: { request: SignatureRequest }) {
  const me = useMe()
  const [isSigning, setSigning] = useState(false)
  const place = request.places.find(({ person_id }) => person_id === me.id)
  return (
    <Row icon={<PenLine aria-hidden className="size-4 shrink-0 text-muted" />} request={request} detail={`from ${request.created_by} · until ${formatNear(request.expires_at, me.practice.timezone)}`}>
      <Button size="sm" variant="soft" aria-label={`Read and sign ${request.title}`} onPress={() => setSigning(true)}>
        Read and sign
      </Button>
      {isSigning && place && (
        <Suspense>
          <SignDocument request={request} place={place} onClose={() => setSigning(false)} />
        </Suspense>
      )}
    </Row>
  )
}

function Sent({ request }: { request: SignatureRequest }) {
  const signed = request.places.filter(({ state }) => state === 'signed').length
  const asked = request.places.filter(({ state }) => state === 'asked').map(({ name }) => name)
  const waits = asked.length > 0 ? ` · waits for ${asked.join(', ')}` : ''
  return (
    <Row icon={<FileClock aria-hidden className="size-4 shrink-0 text-muted" />} request={request} detail={`${signed} of ${request.places.length} signed${waits}`}>
      <LinkButton size="sm" href={paths.clientTab(request.client_id, 'documents')} aria-label={`Open the documents of ${request.client_name}`}>
        Open documents
      </LinkButton>
    </Row>
  )
}

function Row({ icon, request, detail, children }: { icon: ReactNode; request: SignatureRequest; detail: string; children: ReactNode }) {
  return (
    <li className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      {icon}
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium [overflow-wrap:anywhere]">{request.title}</p>
        <p className="text-13 text-muted">
          {request.client_name} · {detail}
        </p>
      </div>
      {children}
    </li>
  )
}
