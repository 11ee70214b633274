import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { formatMoment, formatPlainDate, formatTime, localDate } from '@/lib/dates'
import { Chip } from '@/ui/Chip'
import { ErrorState } from '@/ui/ErrorState'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { performanceQuery } from '../queries'
import { bounds, figure, type Metric, type Span } from '../words'
import { StateBadge } from './StateBadge'

const spans: readonly { id: Span; label: string }[] = [
  { id: 'day', label: 'A day' },
  { id: 'month', label: 'A month' },
]

/** The runbook's metrics, measured, each against its target and its critical line. */
export default function PerformanceTab({ zone }: { zone: string }) {
  const [span, setSpan] = useState<Span>('day')
  const { data, error, refetch } = useQuery({ ...performanceQuery(span), placeholderData: keepPreviousData })
  if (error && !data) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={8} label="Adding up what was measured" />
  return (
    <div className="flex flex-col gap-4">
      <div role="group" aria-label="Span of the charts" className="flex gap-2">
        {spans.map(({ id, label }) => (
          <Chip key={id} selected={span === id} onChange={() => setSpan(id)}>
            {label}
          </Chip>
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {data.metrics.map((metric) => (
          <MetricCard key={metric.key} metric={metric} span={span} zone={zone} />
        ))}
      </div>
      <p className="text-13 text-muted">Measured on this installation: pages by the browsers of the staff, the rest on the server, every minute. Minutes are kept for two days, hours for ninety, days for six years.</p>
    </div>
  )
}

function MetricCard({ metric, span, zone }: { metric: Metric; span: Span; zone: string }) {
  const said = bounds(metric)
  const state = metric.target === null ? null : metric.day_state
  return (
    <Section title={metric.title} aside={state && <StateBadge state={state} />}>
      <p className="text-13 text-muted">{metric.how}</p>
      <dl className="mt-2 grid grid-cols-3 gap-2 text-13">
        <Figure label="Last 15 min" value={figure(metric, metric.now)} />
        <Figure label="Last day" value={figure(metric, metric.day)} />
        <Figure label="Last 30 days" value={figure(metric, metric.month)} />
      </dl>
      {metric.series.length > 1 ? <Chart metric={metric} span={span} zone={zone} /> : <p className="mt-3 text-13 text-muted">A line appears once there is more to show.</p>}
      {said && <p className="mt-2 text-12 text-muted">{said}</p>}
    </Section>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-12 text-muted">{label}</dt>
      <dd className="text-14 font-medium tabular">{value}</dd>
    </div>
  )
}

/** Drawn for who would rather look than read; the figures above say the same. */
function Chart({ metric, span, zone }: { metric: Metric; span: Span; zone: string }) {
  const points = metric.series.map(({ at, value }) => ({ at: Date.parse(at), value }))
  const when = (at: number, format: (instant: string, zone: string) => string) => format(new Date(at).toISOString(), zone)
  const tick = span === 'day' ? formatTime : (at: string) => formatPlainDate(localDate(at, zone))
  return (
    <div className="mt-3 h-36" aria-hidden>
      <ResponsiveContainer>
        <LineChart data={points} margin={{ top: 4, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <XAxis dataKey="at" type="number" domain={['dataMin', 'dataMax']} tickFormatter={(at: number) => when(at, tick)} tick={{ fontSize: 11, fill: 'var(--color-muted)' }} minTickGap={40} stroke="var(--color-line)" />
          <YAxis width={52} tickFormatter={(value: number) => figure(metric, value)} tick={{ fontSize: 11, fill: 'var(--color-muted)' }} stroke="var(--color-line)" domain={metric.unit === 'share' ? ['auto', 'auto'] : [0, 'auto']} tickCount={4} />
          <Tooltip labelFormatter={(at) => when(Number(at), formatMoment)} formatter={(value) => [figure(metric, Number(value)), metric.title]} isAnimationActive={false} />
          {metric.target !== null && <ReferenceLine y={metric.target} stroke="var(--success-text)" strokeDasharray="4 3" ifOverflow="discard" />}
          {metric.critical !== null && <ReferenceLine y={metric.critical} stroke="var(--color-danger)" strokeDasharray="4 3" ifOverflow="discard" />}
          <Line dataKey="value" stroke="var(--color-accent)" strokeWidth={2} dot={false} isAnimationActive={false} connectNulls />
        </LineChart>
      </ResponsiveContainer>
    </div>
  )
}
