import { useState } from 'react'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { PersonSelect } from '../parts/PersonSelect'
import { incidentQuery, type Incident } from '../queries'

type Step = Schema<'IncidentStepIn'>['step']
const told: Readonly<Record<Step, string>> = { investigating: 'You look into it', assigned: 'Incident assigned', noted: 'Note kept', resolved: 'Incident resolved' }
const SHORTEST = 10

/** The next step of an incident: look into it, give it to somebody, note something, resolve it. */
export function StepForm({ incident }: { incident: Incident }) {
  const [note, setNote] = useState('')
  const [to, assignTo] = useState<string | null>(incident.assigned_to?.id ?? null)
  const take = useApiMutation('post', '/api/security/incidents/{incident_id}/steps', {
    invalidates: ['/api/security/incidents', '/api/security/report'],
    onSuccess: (fresh, { body }) => {
      queryClient.setQueryData(incidentQuery(incident.id).queryKey, fresh)
      setNote('')
      toast({ message: told[body.step] })
    },
  })
  const go = (step: Step) => take.mutate({ params: { path: { incident_id: incident.id } }, body: { step, note: note.trim(), assigned_to: step === 'assigned' ? to : null } })
  const needsWords = note.trim().length < SHORTEST ? 'Write a sentence first: it is what will be known of this later.' : null
  return (
    <Section title="Next step">
      <div className="flex flex-col gap-4">
        {take.error && <Alert tone="danger">{take.error.detail}</Alert>}
        <TextArea label="What you found or did" rows={3} maxLength={4000} value={note} onChange={setNote} error={take.error?.fields.note?.[0]} hint="Kept as it is. Do not write more about clients than it needs." />
        <div className="flex flex-wrap items-center gap-2">
          {incident.status === 'open' && (
            <Button variant="primary" busy={take.isPending} onPress={() => go('investigating')}>
              Look into it
            </Button>
          )}
          <Button busy={take.isPending} disabledReason={needsWords} onPress={() => go('noted')}>
            Keep note
          </Button>
          <Button variant={incident.status === 'open' ? 'secondary' : 'primary'} busy={take.isPending} disabledReason={needsWords} onPress={() => go('resolved')}>
            Resolve incident
          </Button>
        </div>
        <div className="flex flex-wrap items-end gap-2 border-t border-line pt-4">
          <PersonSelect label="Give it to" none="Choose an administrator" value={to} onChange={assignTo} administrators className="w-64" error={take.error?.fields.assigned_to?.[0]} />
          <Button busy={take.isPending} disabledReason={to === null ? 'Choose who looks into it.' : to === incident.assigned_to?.id ? 'It is with them already.' : null} onPress={() => go('assigned')}>
            Assign incident
          </Button>
        </div>
      </div>
    </Section>
  )
}
