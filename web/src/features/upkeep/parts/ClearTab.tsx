import { useState } from 'react'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { ClearingDialog } from '../forms/ClearingDialog'
import { useRuns } from '../queries'
import { kinds, type Clearing } from '../words'
import { RunTable } from './RunTable'

const offers: readonly { kind: Clearing; what: string }[] = [
  { kind: 'archive', what: 'Takes old documents out of the charts’ lists. They stay where they are, take up what they took, are found under “Archived” and can be restored one by one.' },
  { kind: 'remove_superseded', what: 'Removes the files of earlier versions whose retention is over: years after the last contact with a client no longer in care, and after they came of age; in the library, after another version took their place. The latest version stays, and so does what was said of each.' },
  { kind: 'remove_quarantined', what: 'Removes files that the malware scanner objected to at least 30 days ago. That there was one stays in the chart.' },
]

/** What makes room, and what only tidies: each says before it begins what it would touch. */
export function ClearTab({ zone }: { zone: string }) {
  const { data, error } = useRuns()
  const [chosen, setChosen] = useState<Clearing | null>(null)
  const past = data?.filter(({ kind }) => kind !== 'check' && kind !== 'deep_check')
  return (
    <div className="flex flex-col gap-4">
      <Section title="Clear up" flush>
        <ul className="divide-y divide-line">
          {offers.map(({ kind, what }) => (
            <li key={kind} className="flex flex-wrap items-start justify-between gap-3 px-4 py-3">
              <div className="min-w-0 max-w-prose flex-1 basis-64">
                <h3 className="text-14 font-medium">{kinds[kind]}</h3>
                <p className="text-13 text-muted">{what}</p>
              </div>
              <Button onPress={() => setChosen(kind)} aria-label={`${kinds[kind]}: see what it would touch`}>
                See what it would touch
              </Button>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="What was done" flush>
        {error && <Alert tone="danger" className="m-4">{error.detail}</Alert>}
        {past === undefined ? !error && <SkeletonRows rows={3} label="Loading what was done" /> : <RunTable label="What was done" runs={past} zone={zone} empty="Nothing was cleared up yet." />}
      </Section>
      {chosen && <ClearingDialog key={chosen} kind={chosen} onClose={() => setChosen(null)} />}
    </div>
  )
}
