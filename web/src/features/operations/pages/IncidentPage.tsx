import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams, type LoaderFunctionArgs } from 'react-router'
import { useLive } from '@/api/live'
import { useMe } from '@/api/me'
import { prefetch, queryClient, useApiMutation } from '@/api/queries'
import { formatMoment } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DescriptionList } from '@/ui/DescriptionList'
import { Link } from '@/ui/Link'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { RolesDialog } from '../forms/RolesDialog'
import { SeverityDialog } from '../forms/SeverityDialog'
import { StatusDialog } from '../forms/StatusDialog'
import { clockWords, incidentSeverities, isGrave, isOver, postMortemWords, statuses, takeIcon, type Incident } from '../incident-words'
import { ActionItems } from '../parts/ActionItems'
import { BreachSection } from '../parts/BreachSection'
import { Extracts } from '../parts/Extracts'
import { IncidentLinks } from '../parts/IncidentLinks'
import { IncidentTimeline } from '../parts/IncidentTimeline'
import { PostMortemSection } from '../parts/PostMortemSection'
import { useNow } from '../parts/use-now'
import { incidentQuery, incidentReads } from '../queries'

const AGAIN_MS = 20_000
type Asking = 'severity' | 'status' | 'roles' | null

export const loader = ({ params }: LoaderFunctionArgs) => prefetch(incidentQuery(params.incidentId ?? ''))

/** One incident: how grave, whose, what happened, what it is about, and what was learnt. */
export function Component() {
  const { incidentId = '' } = useParams()
  const zone = useMe().practice.timezone
  const asked = { ...incidentQuery(incidentId), refetchOnWindowFocus: false }
  const { data: incident } = useSuspenseQuery(asked)
  useLive(asked, isOver(incident) ? null : AGAIN_MS)
  const [asking, ask] = useState<Asking>(null)
  const close = () => ask(null)
  const isClosed = incident.status === 'closed'
  return (
    <>
      <p className="pb-2 text-13">
        <Link href={paths.operationsIncidents()} tone="quiet">
          All incidents
        </Link>
      </p>
      <Header incident={incident} zone={zone} onAsk={ask} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <IncidentTimeline incident={incident} zone={zone} />
          {(isOver(incident) || incident.post_mortem !== null) && <PostMortemSection key={incident.id} incident={incident} zone={zone} />}
          <BreachSection incident={incident} zone={zone} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Section
            title="Roles"
            aside={
              isClosed ? undefined : (
                <Button size="sm" onPress={() => ask('roles')}>
                  Change
                </Button>
              )
            }
          >
            <DescriptionList
              items={[
                { term: 'Commands', value: incident.commander?.name ?? 'Nobody yet' },
                { term: 'Speaks for it', value: incident.communications?.name ?? 'Nobody' },
                { term: 'Keeps the record', value: incident.scribe?.name ?? 'Nobody' },
                { term: 'Noticed', value: formatMoment(incident.detected_at, zone) },
              ]}
            />
          </Section>
          <IncidentLinks incident={incident} zone={zone} />
          <ActionItems incident={incident} zone={zone} />
          <Extracts incident={incident} zone={zone} />
        </div>
      </div>
      {asking === 'severity' && <SeverityDialog incident={incident} onClose={close} />}
      {asking === 'status' && <StatusDialog incident={incident} onClose={close} />}
      {asking === 'roles' && <RolesDialog incident={incident} onClose={close} />}
    </>
  )
}

function Header({ incident, zone, onAsk }: { incident: Incident; zone: string; onAsk: (what: Asking) => void }) {
  const now = useNow()
  const take = useApiMutation('post', '/api/operations/incidents/{operations_incident_id}/command', {
    invalidates: ['/api/operations/incidents', '/api/operations/incidents/summary', '/api/operations/alerts', '/api/operations/alerts/summary'],
    onSuccess: (fresh) => {
      queryClient.setQueryData(incidentQuery(incident.id).queryKey, fresh)
      toast({ message: 'You command it' })
    },
  })
  const clock = clockWords(incident, zone, now)
  const written = isGrave(incident) ? postMortemWords(incident, zone, now) : null
  const isClosed = incident.status === 'closed'
  return (
    <>
      <PageHeader
        title={`${incident.number}: ${incident.title}`}
        subtitle={
          <span className="flex flex-wrap items-center gap-2">
            <StatusBadge {...incidentSeverities[incident.severity]} />
            <StatusBadge {...statuses[incident.status]} />
            <span className={clock.isLate ? 'font-medium text-danger' : undefined}>{clock.words}.</span>
            {written && <span className={written.isLate ? 'font-medium text-danger' : undefined}>{written.words}.</span>}
          </span>
        }
        actions={
          isClosed ? undefined : (
            <>
              <Button onPress={() => onAsk('severity')}>Severity</Button>
              <Button variant={incident.taken_at ? 'primary' : 'secondary'} onPress={() => onAsk('status')}>
                Status
              </Button>
              {incident.taken_at === null && (
                <Button variant="primary" icon={takeIcon} busy={take.isPending} onPress={() => take.mutate({ params: { path: { operations_incident_id: incident.id } } })}>
                  Take it on
                </Button>
              )}
            </>
          )
        }
      />
      {take.error && (
        <Alert tone="danger" className="mb-3">
          {take.error.detail}{' '}
          <Button size="sm" onPress={() => void Promise.all(incidentReads.map((path) => queryClient.invalidateQueries({ queryKey: ['get', path] })))}>
            See it as it is now
          </Button>
        </Alert>
      )}
    </>
  )
}
