import { CircleCheck, Plus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { formatPlainDate } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Section } from '@/ui/Section'
import { whyNotDiagnose } from '../can'
import { DiagnosisPanel } from '../forms/DiagnosisPanel'
import { ResolvePanel } from '../forms/ResolvePanel'

type Client = Schema<'ClientOut'>
type Diagnosis = Client['diagnoses'][number]

/** How many stand there unasked. */
const most = 6

/** Imported charts name the same condition many times; here it stands once, with the first day it was known. */
function once(diagnoses: readonly Diagnosis[]): Diagnosis[] {
  const byCode = new Map<string, Diagnosis>()
  for (const diagnosis of diagnoses) {
    const key = `${diagnosis.code_system} ${diagnosis.code}`
    const known = byCode.get(key)
    const isEarlier = known?.onset_date && diagnosis.onset_date && diagnosis.onset_date < known.onset_date
    if (!known) byCode.set(key, diagnosis)
    else if (isEarlier) byCode.set(key, { ...known, onset_date: diagnosis.onset_date })
  }
  return [...byCode.values()]
}

function factsOf({ code, code_system, onset_date, resolved_date }: Diagnosis): string {
  const coded = code_system === 'ICD-10-CM' ? code : `${code} (${code_system})`
  return [coded, onset_date && `since ${formatPlainDate(onset_date)}`, resolved_date && `resolved ${formatPlainDate(resolved_date)}`].filter(Boolean).join(' · ')
}

function Rows({ diagnoses, onResolve }: { diagnoses: readonly Diagnosis[]; onResolve?: ((diagnosis: Diagnosis) => void) | undefined }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? diagnoses : diagnoses.slice(0, most)
  return (
    <>
      <ol className="flex flex-col gap-2">
        {shown.map((diagnosis) => (
          <li key={diagnosis.id} className="flex items-start justify-between gap-2">
            <span className="min-w-0">
              <span className="block leading-5 break-words">{diagnosis.description}</span>
              <span className="block text-12 text-muted tabular">{factsOf(diagnosis)}</span>
            </span>
            {onResolve && <IconButton icon={CircleCheck} size="sm" label={`Resolve ${diagnosis.description}`} placement="left" className="-my-1 -mr-2 shrink-0" onPress={() => onResolve(diagnosis)} />}
          </li>
        ))}
      </ol>
      {diagnoses.length > most && (
        <Button size="sm" variant="quiet" className="mt-2 -ml-2" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
          {isWhole ? `Only the first ${most}` : `Show all ${diagnoses.length}`}
        </Button>
      )}
    </>
  )
}

/** The first is the principal one. What is resolved is folded away. */
export function DiagnosesSection({ client, isReading }: { client: Client; isReading: boolean }) {
  const me = useMe()
  const [isAdding, setAdding] = useState(false)
  const [resolving, setResolving] = useState<Diagnosis | null>(null)
  const active = once(client.diagnoses.filter(({ resolved_date }) => resolved_date === null))
  const resolved = once(client.diagnoses.filter(({ resolved_date }) => resolved_date !== null))
  return (
    <Section
      title="Diagnoses"
      aside={
        !isReading && (
          <Button size="sm" variant="quiet" icon={Plus} className="-mr-2.5" disabledReason={whyNotDiagnose(me, client)} onPress={() => setAdding(true)}>
            Add diagnosis
          </Button>
        )
      }
    >
      {active.length > 0 ? <Rows diagnoses={active} onResolve={whyNotDiagnose(me, client) === null ? setResolving : undefined} /> : <p className="text-13 text-muted">No current diagnosis.</p>}
      {resolved.length > 0 && (
        <details className="mt-3">
          <summary className="rounded-control text-13 text-muted">{resolved.length} resolved</summary>
          <div className="pt-2">
            <Rows diagnoses={resolved} />
          </div>
        </details>
      )}
      {resolving && <ResolvePanel clientId={client.id} diagnosis={resolving} onClose={() => setResolving(null)} />}
      <DiagnosisPanel clientId={client.id} open={isAdding} onClose={() => setAdding(false)} />
    </Section>
  )
}
