import { useSuspenseQuery } from '@tanstack/react-query'
import { CheckCheck, Eye, Siren, StickyNote, UserRoundCheck } from 'lucide-react'
import { useParams, type LoaderFunctionArgs } from 'react-router'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import { formatDay, formatMoment, formatTime, localDate } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { DescriptionList } from '@/ui/DescriptionList'
import { Link } from '@/ui/Link'
import { LinkButton } from '@/ui/LinkButton'
import { PageHeader } from '@/ui/PageHeader'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'
import { Timeline, type TimelineItem } from '@/ui/Timeline'
import { StepForm } from '../forms/StepForm'
import { severityLooks, statusLooks } from '../looks'
import { incidentQuery, type Incident } from '../queries'
import { spaced } from '../words'

export const loader = ({ params }: LoaderFunctionArgs) => prefetch(incidentQuery(params.incidentId ?? ''))

type Step = Incident['steps'][number]

const looks = {
  investigating: { icon: Eye, tone: 'violet', says: ({ taken_by }: Step) => `${taken_by.name} began to look into it` },
  assigned: { icon: UserRoundCheck, tone: 'blue', says: ({ taken_by, assigned_to }: Step) => `${taken_by.name} gave it to ${assigned_to?.name ?? 'somebody'}` },
  noted: { icon: StickyNote, tone: 'grey', says: ({ taken_by }: Step) => `${taken_by.name} noted` },
  resolved: { icon: CheckCheck, tone: 'green', says: ({ taken_by }: Step) => `${taken_by.name} resolved it` },
} as const

/** "Tue 24" */
const dayOf = (at: string, zone: string) => formatDay(localDate(at, zone), zone).split(' ').slice(0, 2).join(' ')

function historyOf(incident: Incident, zone: string): TimelineItem[] {
  const steps = incident.steps.map((step) => {
    const { says, ...look } = looks[step.step]
    return { id: step.id, when: dayOf(step.created_at, zone), ...look, title: says(step), aside: <span className="text-12 text-muted">{formatTime(step.created_at, zone)}</span>, children: step.note ? <p className="max-w-prose whitespace-pre-wrap">{step.note}</p> : undefined }
  })
  const by = incident.rule ? `Rule “${incident.rule.name}”` : (incident.raised_by?.name ?? 'MentalSpace')
  return [{ id: 'raised', when: dayOf(incident.detected_at, zone), icon: Siren, tone: 'amber', title: `${by} raised it`, aside: <span className="text-12 text-muted">{formatTime(incident.detected_at, zone)}</span> }, ...steps]
}

const readable = (value: unknown, zone: string) => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? formatMoment(value, zone) : typeof value === 'string' ? value : JSON.stringify(value))

export function Component() {
  const { incidentId = '' } = useParams()
  const zone = useMe().practice.timezone
  const { data: incident } = useSuspenseQuery(incidentQuery(incidentId))
  const { person, assigned_to: assigned, status, severity, details } = incident
  const trail = person && `/audit?${new URLSearchParams({ person: person.id }).toString()}`
  return (
    <>
      <p className="pb-2 text-13">
        <Link href={paths.securityTab('incidents')} tone="quiet">
          All incidents
        </Link>
      </p>
      <PageHeader
        title={incident.description}
        subtitle={
          <span className="flex flex-wrap items-center gap-2">
            <StatusBadge {...severityLooks[severity]} />
            <StatusBadge {...statusLooks[status]} />
            <span>noticed {formatMoment(incident.detected_at, zone)}</span>
          </span>
        }
        actions={status === 'resolved' ? undefined : <LinkButton href={paths.openIncidentAbout(incident.id)}>Open an incident</LinkButton>}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex flex-col gap-4">
          <Section title="What was done">
            <Timeline label="History" items={historyOf(incident, zone)} />
          </Section>
          {status !== 'resolved' && <StepForm incident={incident} />}
        </div>
        <Section title="Facts">
          <DescriptionList
            items={[
              { term: 'About', value: person ? <Link href={trail ?? ''}>{person.name}</Link> : 'Nobody in particular' },
              { term: 'With', value: assigned?.name ?? 'Nobody yet' },
              { term: 'Kind', value: spaced(incident.incident_type) },
              ...(incident.ip_address ? [{ term: 'From', value: incident.ip_address }] : []),
              ...Object.entries(details).map(([name, value]) => ({ term: spaced(name).replace(/ at$/, '').replace(/^./, (letter) => letter.toUpperCase()), value: readable(value, zone) })),
            ]}
          />
          {person && <p className="pt-3 text-13 text-muted">The name leads to what {person.name} did.</p>}
        </Section>
      </div>
    </>
  )
}
