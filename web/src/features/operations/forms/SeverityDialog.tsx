import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { severityOptions, type Incident } from '../incident-words'
import { ChangeDialog } from './ChangeDialog'
import { changed, inPath } from './incident-change'

const SHORTEST = 3

/** How grave it is, and why that is another thing now. */
export function SeverityDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const [severity, choose] = useState(incident.severity)
  const [reason, setReason] = useState('')
  const save = useApiMutation('put', '/api/operations/incidents/{operations_incident_id}/severity', changed(incident, 'Severity changed', onClose))
  const missing = severity === incident.severity ? 'Choose another severity.' : reason.trim().length < SHORTEST ? 'Write why.' : null
  return (
    <ChangeDialog title="How grave it is" incident={incident} error={save.error} busy={save.isPending} missing={missing} onClose={onClose} onSave={() => save.mutate({ ...inPath(incident), body: { version: incident.version, severity, reason: reason.trim() } })}>
      <Select label="Severity" options={severityOptions} value={severity} onChange={choose} hint={incident.taken_at ? 'Of what becomes graver people are told.' : 'The clock begins anew.'} />
      <TextArea label="Why" value={reason} onChange={setReason} maxLength={2000} rows={3} error={save.error?.fields.reason?.[0]} hint="Kept in the timeline. Nothing about clients, please." />
    </ChangeDialog>
  )
}
