import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { formatPlainDate } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { whyNotDiagnose } from '../can'
import { DiagnosisPanel } from '../forms/DiagnosisPanel'

type Client = Schema<'ClientOut'>
type Diagnosis = Client['diagnoses'][number]

function datesOf({ onset_date, resolved_date }: Diagnosis): string {
  const parts = [onset_date && `since ${formatPlainDate(onset_date)}`, resolved_date && `resolved ${formatPlainDate(resolved_date)}`]
  return parts.filter(Boolean).join(', ')
}

function Rows({ diagnoses }: { diagnoses: readonly Diagnosis[] }) {
  return (
    <ol className="flex flex-col gap-2">
      {diagnoses.map((diagnosis) => (
        <li key={diagnosis.id} className="flex gap-3">
          <span className="w-16 shrink-0 text-13 font-medium break-words tabular" title={diagnosis.code_system}>
            {diagnosis.code}
          </span>
          <span className="min-w-0">
            <span className="block leading-5 break-words">{diagnosis.description}</span>
            <span className="block text-12 text-muted">{[diagnosis.code_system !== 'ICD-10-CM' && diagnosis.code_system, datesOf(diagnosis)].filter(Boolean).join(' · ')}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

/** The first is the principal one. What is resolved is folded away. */
export function DiagnosesSection({ client }: { client: Client }) {
  const me = useMe()
  const [isAdding, setAdding] = useState(false)
  const active = client.diagnoses.filter(({ resolved_date }) => resolved_date === null)
  const resolved = client.diagnoses.filter(({ resolved_date }) => resolved_date !== null)
  return (
    <Section
      title="Diagnoses"
      aside={
        <Button size="sm" variant="quiet" icon={Plus} disabledReason={whyNotDiagnose(me, client)} onPress={() => setAdding(true)}>
          Add diagnosis
        </Button>
      }
    >
      {active.length > 0 ? <Rows diagnoses={active} /> : <p className="text-13 text-muted">No current diagnosis.</p>}
      {resolved.length > 0 && (
        <details className="mt-3">
          <summary className="rounded-control text-13 text-muted">{resolved.length} resolved</summary>
          <div className="pt-2">
            <Rows diagnoses={resolved} />
          </div>
        </details>
      )}
      <DiagnosisPanel clientId={client.id} open={isAdding} onClose={() => setAdding(false)} />
    </Section>
  )
}
