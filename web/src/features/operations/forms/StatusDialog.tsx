import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { isGrave, nextStatuses, statuses, type Incident, type IncidentStatus } from '../incident-words'
import { ChangeDialog } from './ChangeDialog'
import { changed, inPath } from './incident-change'

/** Moves it on: what is resolved may be opened again, what is closed stays so. */
export function StatusDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const next = nextStatuses(incident.status)
  const [status, choose] = useState<IncidentStatus | null>(null)
  const [note, setNote] = useState('')
  const save = useApiMutation('put', '/api/operations/incidents/{operations_incident_id}/status', changed(incident, 'Status changed', onClose))
  const isEarly = status === 'closed' && isGrave(incident) && incident.post_mortem_at === null
  const missing = status === null ? 'Choose the new status.' : isEarly ? 'A P0 or P1 is closed once its post-mortem is published.' : null
  return (
    <ChangeDialog title="Status" incident={incident} error={save.error} busy={save.isPending} missing={missing} onClose={onClose} onSave={() => status && save.mutate({ ...inPath(incident), body: { version: incident.version, status, note: note.trim() } })}>
      <Select
        label="It is now"
        options={next.map((id) => ({ id, label: statuses[id].label }))}
        value={status}
        onChange={choose}
        placeholder="Choose"
        hint={incident.taken_at ? (isGrave(incident) ? 'Once it is resolved, the post-mortem is due within 48 hours.' : undefined) : 'Whoever moves what nobody has taken on takes it on.'}
      />
      <TextArea label="What was found or done (optional)" value={note} onChange={setNote} maxLength={2000} rows={3} hint="Kept in the timeline. Nothing about clients, please." />
    </ChangeDialog>
  )
}
