import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import type { Incident } from '../incident-words'
import { OperatorSelect } from '../parts/OperatorSelect'
import { ChangeDialog } from './ChangeDialog'
import { changed, inPath } from './incident-change'

/** Who commands, who speaks, who writes. */
export function RolesDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const [commander, command] = useState(incident.commander?.id ?? null)
  const [communications, speak] = useState(incident.communications?.id ?? null)
  const [scribe, write] = useState(incident.scribe?.id ?? null)
  const save = useApiMutation('put', '/api/operations/incidents/{operations_incident_id}/roles', changed(incident, 'Roles saved', onClose))
  const none = incident.commander ? {} : { none: 'Nobody yet' }
  return (
    <ChangeDialog title="Roles" incident={incident} error={save.error} busy={save.isPending} onClose={onClose} onSave={() => save.mutate({ ...inPath(incident), body: { version: incident.version, commander, communications, scribe } })}>
      <OperatorSelect label="Commands" {...none} value={commander} onChange={command} error={save.error?.fields.commander?.[0]} hint="Decides. Whoever you name is told, and calls go on until they take it on." />
      <OperatorSelect label="Speaks for it" none="Nobody" value={communications} onChange={speak} hint="Tells staff, clients and vendors." />
      <OperatorSelect label="Keeps the record" none="Nobody" value={scribe} onChange={write} hint="Writes the timeline." />
    </ChangeDialog>
  )
}
