import { useSuspenseQuery } from '@tanstack/react-query'
import { DoorClosed } from 'lucide-react'
import { useParams, type LoaderFunctionArgs } from 'react-router'
import { useMe } from '@/api/me'
import { prefetch, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment, formatTime } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { DescriptionList, type Description } from '@/ui/DescriptionList'
import { Link } from '@/ui/Link'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { ReviewForm } from '../forms/ReviewForm'
import { accessLook } from '../looks'
import { gathered } from '../opened'
import { clientWords } from '../parts/AccessTable'
import { accessQuery } from '../queries'

type Access = Schema<'EmergencyAccessDetailOut'>

export const loader = ({ params }: LoaderFunctionArgs) => prefetch(accessQuery(params.accessId ?? ''))

/** One emergency access: who, whose chart, why, how long, what was opened, and what somebody made of it. */
export function Component() {
  const { accessId = '' } = useParams()
  const zone = useMe().practice.timezone
  const { data: access } = useSuspenseQuery(accessQuery(accessId))
  const end = useApiMutation('delete', '/api/emergency-access/{access_id}', {
    invalidates: ['/api/emergency-access', '/api/emergency-access/{access_id}', '/api/clients'],
    onSuccess: () => toast({ message: 'Emergency access ended' }),
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  return (
    <>
      <PageHeader
        title={`Emergency access by ${access.staff_name}`}
        subtitle={<StatusBadge {...accessLook(access)} />}
        actions={
          access.may_end && (
            <Button icon={DoorClosed} busy={end.isPending} onPress={() => end.mutate({ params: { path: { access_id: access.id } } })}>
              End access now
            </Button>
          )
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)_24rem] items-start gap-4 max-lg:grid-cols-[minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Section title="What happened">
            <DescriptionList items={factsOf(access, zone)} />
          </Section>
          <Opened access={access} zone={zone} />
        </div>
        <Section title="Review">
          <Review access={access} zone={zone} />
        </Section>
      </div>
    </>
  )
}

function factsOf(access: Access, zone: string): Description[] {
  const { client_name, client_id, medical_record_number, started_at, expires_at, ended_at, ended_by_name, is_running } = access
  const end = ended_at ? `${formatTime(ended_at, zone)}, by ${ended_by_name}` : `${formatTime(expires_at, zone)}, by itself`
  return [
    { term: 'Chart of', value: client_name ? <Link href={paths.client(client_id)}>{client_name}</Link> : clientWords(access) },
    ...(medical_record_number ? [{ term: 'Record', value: medical_record_number }] : []),
    { term: 'Reason given', value: <span className="break-words whitespace-pre-wrap">{access.reason}</span> },
    { term: 'Opened', value: formatMoment(started_at, zone) },
    { term: is_running ? 'Ends' : 'Ended', value: end },
  ]
}

function Opened({ access: { opened, is_running, staff_name }, zone }: { access: Access; zone: string }) {
  if (opened === null) return null
  return (
    <Section title={is_running ? 'Opened so far' : 'What was opened'} flush>
      {opened.length === 0 ? (
        <p className="p-4 text-13 text-muted">Nothing: the chart was not looked at.</p>
      ) : (
        <ol className="divide-y divide-line">
          {gathered(opened, staff_name).map(({ what, at, times }) => (
            <li key={what} className="flex gap-4 px-4 py-2">
              <span className="w-16 shrink-0 text-muted tabular">{formatTime(at, zone)}</span>
              <span className="min-w-0 flex-1 break-words">{what}</span>
              {times > 1 && <span className="shrink-0 text-muted tabular">{times} times</span>}
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

function Review({ access, zone }: { access: Access; zone: string }) {
  if (access.may_review) return <ReviewForm accessId={access.id} />
  if (access.reviewed_at) {
    return (
      <DescriptionList
        items={[
          { term: 'Found', value: access.review_outcome === 'concern' ? 'It raises a concern' : 'It was an emergency' },
          { term: 'By', value: access.reviewed_by_name },
          { term: 'When', value: formatMoment(access.reviewed_at, zone) },
          ...(access.review_note ? [{ term: 'Note', value: <span className="break-words whitespace-pre-wrap">{access.review_note}</span> }] : []),
        ]}
      />
    )
  }
  return <p className="text-13 text-muted">{access.is_running ? 'It is reviewed when it has ended.' : 'An administrator, or the supervisor of who opened the chart, reviews it.'}</p>
}
