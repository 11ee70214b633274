import { useState } from 'react'
import { formatMoment, formatNear, formatTime } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { LinkButton } from '@/ui/LinkButton'
import { StatusBadge } from '@/ui/StatusBadge'
import { lineIcon, lineWords, listed, severities, stages, toldOf, type SystemAlert } from '../alert-words'
import { AcknowledgeDialog } from '../forms/AcknowledgeDialog'
import { OpenIncidentDialog } from '../forms/OpenIncidentDialog'

/** One alert: how bad, since when, what to do, who was told, and what became of it. */
export function AlertItem({ alert, zone }: { alert: SystemAlert; zone: string }) {
  const [taking, take] = useState(false)
  const [opening, open] = useState(false)
  const { title, says, fix, page, stage } = alert
  const isOver = stage === 'resolved'
  return (
    <li className="border-b border-line px-4 py-3 text-13 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="text-14 font-medium">{title}</h3>
        <StatusBadge size="sm" {...severities[alert.severity]} />
        <StatusBadge size="sm" {...stages[stage]} />
      </div>
      <p className="mt-0.5 [overflow-wrap:anywhere]">{says}</p>
      <p className="text-muted">{standing(alert, zone)}</p>
      {!isOver && fix && <p className="mt-1.5">{fix}</p>}
      {!isOver && (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          {stage === 'open' && (
            <Button size="sm" variant="primary" onPress={() => take(true)}>
              I see to it<span className="sr-only">: {title}</span>
            </Button>
          )}
          {alert.incident ? (
            <LinkButton size="sm" href={paths.operationsIncident(alert.incident.id)}>
              {alert.incident.number}
            </LinkButton>
          ) : (
            <Button size="sm" onPress={() => open(true)}>
              Open an incident<span className="sr-only">: {title}</span>
            </Button>
          )}
          {page && (
            <LinkButton size="sm" href={page}>
              See {title.toLowerCase()}
            </LinkButton>
          )}
        </div>
      )}
      <details className="mt-2">
        <summary className="cursor-default text-muted">{told(alert)}</summary>
        <ol className="mt-2 flex flex-col gap-1.5">
          {alert.history.map((line) => {
            const Icon = lineIcon(line)
            return (
              <li key={`${line.at} ${line.happened}`} className="flex gap-2">
                <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-muted" />
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  <span className="text-muted">{formatMoment(line.at, zone)}</span> {lineWords(line)}
                </span>
              </li>
            )
          })}
        </ol>
        <p className="mt-2 text-muted">By the rule “{alert.rule}”. Seen {alert.count === 1 ? 'once' : `${alert.count.toLocaleString('en-US')} times`}.</p>
      </details>
      {taking && <AcknowledgeDialog alert={alert} onClose={() => take(false)} />}
      {opening && <OpenIncidentDialog about={{ alert_id: alert.id }} title={`${title}: ${says}`} severity={alert.severity === 'critical' ? 'P1' : 'P2'} onClose={() => open(false)} />}
    </li>
  )
}

function standing({ since, resolved_at, good_since, unknown_since, acknowledged_by, note, next_step_at }: SystemAlert, zone: string): string {
  if (resolved_at !== null) return `From ${formatMoment(since, zone)} until ${formatMoment(resolved_at, zone)}.`
  const parts = [`Since ${formatNear(since, zone)}.`]
  if (good_since !== null) parts.push(`Good again since ${formatTime(good_since, zone)}; it is over when that lasts.`)
  if (unknown_since !== null) parts.push(`Not known since ${formatTime(unknown_since, zone)}.`)
  if (acknowledged_by !== null) parts.push(`${acknowledged_by} sees to it${note ? `: “${note}”` : '.'}`)
  if (next_step_at !== null) parts.push(`If nobody takes it on, more are told at ${formatTime(next_step_at, zone)}.`)
  return parts.join(' ')
}

function told(alert: SystemAlert): string {
  const people = toldOf(alert)
  return people.length === 0 ? 'What became of it' : `Told: ${listed(people)}`
}
