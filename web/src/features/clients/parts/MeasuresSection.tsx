import { useQuery } from '@tanstack/react-query'
import { useMe } from '@/api/me'
import { formatDay, localDate } from '@/lib/dates'
import { Section } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { bandOf, changeOf, inWords, type Series } from '../measures'
import { measuresQuery } from '../queries'
import { SparkLine } from './SparkLine'

export function MeasuresSection({ clientId }: { clientId: string }) {
  const { data, error } = useQuery(measuresQuery(clientId))
  return (
    <Section title="Measures">
      {error ? (
        <p className="text-13 text-danger-text">Not loaded: {error.detail}</p>
      ) : data === undefined ? (
        <Skeleton className="h-16" />
      ) : data.length === 0 ? (
        <p className="text-13 text-muted">No results yet.</p>
      ) : (
        <ul className="flex flex-col gap-4">
          {data.map((series) => (
            <Measure key={series.instrument} series={series} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Measure({ series }: { series: Series }) {
  const zone = useMe().practice.timezone
  const last = series.points.at(-1)
  if (!last) return null
  const facts = [bandOf(series.instrument, last.score), changeOf(series), formatDay(localDate(last.taken_at, zone), zone)]
  return (
    <li>
      <p className="flex items-baseline justify-between gap-3">
        <span className="font-medium">{series.instrument}</span>
        <span className="text-16 font-semibold tabular">{last.score}</span>
      </p>
      <SparkLine series={series} label={inWords(series, zone)} />
      <p className="text-12 text-muted">{facts.filter(Boolean).join(' · ')}</p>
      {series.points.length > 1 && (
        <p className="text-12 text-muted tabular">
          {series.points.length} results, lowest {series.lowest}, highest {series.highest}
        </p>
      )}
    </li>
  )
}
