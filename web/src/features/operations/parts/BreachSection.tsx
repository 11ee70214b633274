import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatMoment, formatPlainDate } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DescriptionList } from '@/ui/DescriptionList'
import { Section } from '@/ui/Section'
import { BreachDialog } from '../forms/BreachDialog'
import { BreachDecision } from '../forms/BreachDecision'
import type { Breach, Incident } from '../incident-words'
import { breachQuery } from '../queries'
import { AffectedPeople } from './AffectedPeople'

/** Whether it was a breach of health information: who is affected, how long there is to tell them, what was decided. */
export function BreachSection({ incident, zone }: { incident: Incident; zone: string }) {
  const { data, error } = useQuery(breachQuery(incident.id))
  const [asking, ask] = useState(false)
  const found = data?.assessment ?? null
  const isOpen = found === null || found.decision === ''
  if (found === null && incident.status === 'closed') return null
  return (
    <Section
      title="Breach of health information"
      aside={
        isOpen && incident.status !== 'closed' ? (
          <Button size="sm" disabledReason={data ? null : 'Still loading.'} onPress={() => ask(true)}>
            {found ? 'Look anew' : 'It may be a breach'}
          </Button>
        ) : undefined
      }
    >
      {error && <Alert tone="danger">{error.detail}</Alert>}
      {data && found === null && <p className="text-13 text-muted">Nobody has said that it may be one. From the day of discovery there are sixty days to tell whoever is affected.</p>}
      {found && <Found incident={incident} found={found} zone={zone} />}
      {asking && <BreachDialog incident={incident} found={found} zone={zone} onClose={() => ask(false)} />}
    </Section>
  )
}

const decisions: Record<Breach['decision'], string> = { '': 'Not decided yet', breach: 'It was a breach', low_probability: 'Low probability that anything was compromised' }

function Found({ incident, found, zone }: { incident: Incident; found: Breach; zone: string }) {
  const people = (count: number) => `${count.toLocaleString('en-US')} ${count === 1 ? 'person' : 'people'}`
  return (
    <div className="flex flex-col gap-4">
      {found.decision !== 'low_probability' && (
        <Alert tone={found.days_left <= 10 ? 'danger' : 'warning'} title={deadline(found)}>
          Whoever is affected is told without unreasonable delay, at the latest sixty days after the discovery (45 CFR 164.404). {found.is_many ? 'These are 500 or more: the Secretary of HHS is told at the same time (164.408), and where more than 500 live in one state, its media too (164.406).' : `The Secretary of HHS is told by ${formatPlainDate(found.report_due_on)} (164.408).`}
        </Alert>
      )}
      <DescriptionList
        items={[
          { term: 'Affected', value: `${people(found.affected)}${found.new > 0 ? `, ${found.new.toLocaleString('en-US')} new at the latest count` : ''}${found.dropped > 0 ? `, ${found.dropped.toLocaleString('en-US')} dropped out` : ''}` },
          { term: 'Told', value: people(found.told) },
          { term: 'Discovered', value: formatPlainDate(found.discovered_on) },
          { term: 'Counted', value: formatMoment(found.counted_at, zone) },
          { term: 'Looked for', value: lookedFor(found, zone) },
          { term: 'Decision', value: found.decided_by ? `${decisions[found.decision]} (${found.decided_by})` : decisions[found.decision] },
          ...(found.reasons ? [{ term: 'Reasons', value: <span className="whitespace-pre-wrap">{found.reasons}</span> }] : []),
        ]}
      />
      <BreachDecision key={found.id} incident={incident} found={found} />
      <AffectedPeople incident={incident} found={found} zone={zone} />
    </div>
  )
}

function deadline({ days_left: left, due_on: due }: Breach): string {
  if (left < 0) return `The last day to tell people was ${formatPlainDate(due)}`
  return left === 0 ? 'Today is the last day to tell people' : `${left} ${left === 1 ? 'day' : 'days'} left to tell people, until ${formatPlainDate(due)}`
}

function lookedFor({ search }: Breach, zone: string): string {
  const some = (name: string, one: string, many: string) => {
    const chosen = search[name]
    return Array.isArray(chosen) ? [`${chosen.length} ${chosen.length === 1 ? one : many}`] : []
  }
  const narrowed = [...some('persons', 'person', 'people'), ...some('sessions', 'session', 'sessions'), ...some('addresses', 'address', 'addresses')]
  const span = `${formatMoment(String(search.since), zone)} until ${formatMoment(String(search.until), zone)}`
  return `${narrowed.length > 0 ? `by ${narrowed.join(', ')}, ` : 'by anybody, '}${span}`
}
