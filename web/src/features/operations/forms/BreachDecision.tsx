import { useState } from 'react'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { DescriptionList } from '@/ui/DescriptionList'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { factors, type Breach, type Incident } from '../incident-words'
import { breachQuery } from '../queries'
import { inPath, reload } from './incident-change'

type Factor = keyof typeof factors
type Decision = Schema<'BreachDecisionIn'>['decision']
const names = Object.keys(factors) as Factor[]
const SHORTEST = 10
const textsOf = (found: Breach) => Object.fromEntries(names.map((name) => [name, found[name]])) as Record<Factor, string>
const isOther = (one: Record<Factor, string>, other: Record<Factor, string>) => names.some((name) => one[name] !== other[name])

/** The four factors of 45 CFR 164.402(2), and what is decided by them. */
export function BreachDecision({ incident, found }: { incident: Incident; found: Breach }) {
  const [base, build] = useState({ version: found.version, texts: textsOf(found) })
  const [texts, write] = useState(base.texts)
  const [reasons, setReasons] = useState('')
  const [deciding, decide] = useState<Decision | null>(null)
  const after = (message: string) => ({
    invalidates: ['/api/operations/incidents/{operations_incident_id}' as const],
    onSuccess: (fresh: Schema<'BreachOut'>) => {
      queryClient.setQueryData(breachQuery(incident.id).queryKey, fresh)
      decide(null)
      toast({ message })
    },
  })
  const saved = after('Assessment saved')
  const save = useApiMutation('put', '/api/operations/incidents/{operations_incident_id}/breach/factors', {
    ...saved,
    onSuccess: (fresh) => {
      saved.onSuccess(fresh)
      if (fresh.assessment) take(fresh.assessment)
    },
  })
  const take = (theirs: Breach) => {
    build({ version: theirs.version, texts: textsOf(theirs) })
    write(textsOf(theirs))
  }
  const end = useApiMutation('post', '/api/operations/incidents/{operations_incident_id}/breach/decision', after('Decided'))
  if (found.decision !== '') {
    const known = names.filter((name) => found[name]).map((name) => ({ term: factors[name].label, value: <span className="whitespace-pre-wrap">{found[name]}</span> }))
    return known.length > 0 ? <DescriptionList items={known} /> : null
  }
  const isUnsaved = isOther(texts, base.texts)
  const hasMoved = isOther(textsOf(found), base.texts)
  // A new count is another version of the same texts: these can still be saved.
  const version = hasMoved ? base.version : found.version
  const refused = save.error ?? (deciding === null ? end.error : null)
  const showTheirs = () => {
    take(found)
    save.reset()
    end.reset()
  }
  const notYet = hasMoved ? 'Look first at what somebody else has written.' : isUnsaved ? 'Save the assessment first.' : reasons.trim().length < SHORTEST ? 'Write the reasons first.' : null
  const isWhole = names.every((name) => found[name].trim())
  return (
    <div className="flex flex-col gap-3">
      {refused && (
        <Alert tone="danger">
          {refused.detail}{' '}
          {refused.code === 'changed_elsewhere' && !hasMoved && (
            <Button size="sm" onPress={() => reload(incident)}>
              Reload, keep what I wrote
            </Button>
          )}
        </Alert>
      )}
      {hasMoved && !save.isPending && (
        <Alert tone="warning" title="Somebody else has written here meanwhile">
          Yours is still below. Copy what you want to keep, then look at theirs.{' '}
          <Button size="sm" onPress={showTheirs}>
            Show theirs
          </Button>
        </Alert>
      )}
      {names.map((name) => (
        <TextArea key={name} label={factors[name].label} hint={factors[name].hint} value={texts[name]} onChange={(text) => write({ ...texts, [name]: text })} rows={2} maxLength={10_000} error={end.error?.fields[name]?.[0]} />
      ))}
      <div>
        <Button busy={save.isPending} disabledReason={isUnsaved ? null : 'There is nothing new to save.'} onPress={() => save.mutate({ ...inPath(incident), body: { version, ...texts } })}>
          Save the assessment
        </Button>
      </div>
      <TextArea label="Decision, with the reasons" value={reasons} onChange={setReasons} rows={2} maxLength={10_000} error={end.error?.fields.reasons?.[0]} hint="A breach is presumed unless all four factors show a low probability that anything was compromised." />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabledReason={notYet} onPress={() => decide('breach')}>
          It was a breach
        </Button>
        <Button disabledReason={notYet ?? (isWhole ? null : 'Assess all four factors first.')} onPress={() => decide('low_probability')}>
          Low probability
        </Button>
      </div>
      <ConfirmDialog title={deciding === 'breach' ? 'Decide that it was a breach?' : 'Decide for a low probability?'} open={deciding !== null} onClose={() => decide(null)} action="Decide" busy={end.isPending} error={end.error?.detail} keep="Not yet" onConfirm={() => deciding && end.mutate({ ...inPath(incident), body: { version, decision: deciding, reasons: reasons.trim() } })}>
        {deciding === 'breach' ? 'The list stays as it is now, and whoever is on it has to be told.' : 'Nobody has to be told. Keep the assessment: it is the proof.'} Nothing changes it any more.
      </ConfirmDialog>
    </div>
  )
}
