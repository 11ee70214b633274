import { useState } from 'react'
import { downtimeQuery, useDowntime, type Downtime } from '@/api/downtime'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Link } from '@/ui/Link'
import { ReasonDialog } from '@/ui/ReasonDialog'
import { Section } from '@/ui/Section'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/toast-queue'

const spans = [
  { id: '30', label: 'Half an hour' },
  { id: '60', label: 'An hour' },
  { id: '120', label: 'Two hours' },
  { id: '240', label: 'Four hours' },
  { id: '480', label: 'Eight hours' },
  { id: '1440', label: 'A day' },
] as const
type Span = (typeof spans)[number]['id']
const MINUTE_MS = 60_000

const keep = (now: Schema<'DowntimeOut'>) => queryClient.setQueryData(downtimeQuery().queryKey, now)

/** The switch that makes the practice read-only, and ends that. */
export function DowntimeSection({ zone }: { zone: string }) {
  const standing = useDowntime()
  return (
    <Section title="Read-only">
      <div className="flex flex-col items-start gap-3 text-13">
        {standing ? <Standing standing={standing} zone={zone} /> : <Off />}
        <p className="text-muted">
          Before it begins, everybody can print <Link href={paths.paper()}>the day on paper</Link>: sessions, and how clients and their emergency contacts are reached.
        </p>
      </div>
    </Section>
  )
}

function Off() {
  const [asking, ask] = useState(false)
  const [span, choose] = useState<Span>('60')
  const begin = useApiMutation('post', '/api/operations/downtime', {
    onSuccess: (now) => {
      keep(now)
      ask(false)
      toast({ message: 'The practice is read-only' })
    },
  })
  const until = () => new Date(Date.now() + Number(span) * MINUTE_MS).toISOString()
  return (
    <>
      <p>The product takes changes. While it is read-only everybody in the practice can look at everything they may see, and nothing is changed; reminders and messages wait and go out afterwards.</p>
      <Button onPress={() => ask(true)}>Make read-only</Button>
      {asking && (
        <ReasonDialog title="Make the practice read-only?" open onClose={() => ask(false)} action="Make read-only" busy={begin.isPending} error={begin.error?.fields.until?.[0] ?? begin.error?.detail ?? null} onConfirm={(reason) => begin.mutate({ body: { reason, until: until() } })}>
          <p className="mb-3">Everybody sees the reason over every page. It does not end by itself: you end it, here.</p>
          <Select<Span> label="Expected to take" options={spans} value={span} onChange={choose} />
        </ReasonDialog>
      )}
    </>
  )
}

function Standing({ standing, zone }: { standing: Downtime; zone: string }) {
  const [asking, ask] = useState(false)
  const end = useApiMutation('delete', '/api/operations/downtime', {
    onSuccess: (now) => {
      keep(now)
      ask(false)
      toast({ message: 'The product takes changes again' })
    },
  })
  return (
    <>
      <p>
        <strong className="font-medium">Read-only since {formatMoment(standing.since, zone)}, by {standing.by_name}.</strong> “{standing.reason}” {standing.is_overdue ? 'It was expected to be over' : 'Expected until'} {formatMoment(standing.until, zone)}.
      </p>
      {standing.of_installation ? (
        <p>
          The operator made the whole installation read-only. It ends on the machine, by <code>mentalspace downtime off</code>.
        </p>
      ) : (
        <Button variant="primary" onPress={() => ask(true)}>
          End read-only
        </Button>
      )}
      {asking && (
        <ConfirmDialog open title="Let everybody work again?" action="End read-only" busy={end.isPending} error={end.error?.detail} onConfirm={() => end.mutate({})} onClose={() => ask(false)}>
          Changes are taken again at once; reminders and messages that waited go out within a minute, as far as they are still due.
        </ConfirmDialog>
      )}
    </>
  )
}
