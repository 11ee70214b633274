import { useQuery } from '@tanstack/react-query'
import { useMe } from '@/api/me'
import { formatDay, localDate } from '@/lib/dates'
import { Section } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { bandOf, bandTone, changeOf, inWords, type Series } from '../measures'
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

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

function Measure({ series }: { series: Series }) {
  const zone = useMe().practice.timezone
  const [first, last] = [series.points[0], series.points.at(-1)]
  if (!first || !last) return null
  const band = bandOf(series.instrument, last.score)
  const dayOf = (at: string) => formatDay(localDate(at, zone), zone)
  const facts = [changeOf(series), dayOf(last.taken_at)]
  return (
    <li>
      <p className="flex items-center gap-2 pb-1.5">
        <span className="flex-1 font-medium">{series.instrument}</span>
        {band && (
          <span data-tone={bandTone(band)} className="rounded-control border border-tone-line bg-tone-soft px-1.5 text-12 text-tone-text">
            {capital(band)}
          </span>
        )}
        <span className="text-20 leading-6 font-semibold tabular">{last.score}</span>
      </p>
      {series.points.length > 1 && <SparkLine series={series} label={inWords(series, zone)} />}
      <p className="pt-1 text-12 text-muted tabular">
        {capital(facts.filter(Boolean).join(' · '))}
        {series.points.length > 2 && (
          <span className="block">
            {first.score} on {dayOf(first.taken_at)}, {series.points.length} results in all
          </span>
        )}
      </p>
    </li>
  )
}
