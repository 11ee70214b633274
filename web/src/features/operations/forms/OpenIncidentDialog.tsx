import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useApiMutation } from '@/api/queries'
import { paths } from '@/lib/paths'
import { newId } from '@/lib/uuid'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { LinkButton } from '@/ui/LinkButton'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { incidentSeverities, severityOptions, type IncidentSeverity } from '../incident-words'
import { incidentReads } from '../queries'

type About = { alert_id: string } | { security_incident_id: string }
type OpenIncidentDialogProps = { onClose: () => void; /** What it is about, and what that is called; without it somebody says. */ about?: About; title?: string; severity?: IncidentSeverity }

/** Opens an incident, which calls whoever is on call. */
export function OpenIncidentDialog({ onClose, about, title: given, severity: begins = 'P2' }: OpenIncidentDialogProps) {
  const go = useNavigate()
  const [id] = useState(newId)
  const [title, setTitle] = useState('')
  const [note, setNote] = useState('')
  const [severity, choose] = useState<IncidentSeverity>(begins)
  const open = useApiMutation('post', '/api/operations/incidents', {
    invalidates: [...incidentReads],
    onSuccess: async ({ id: made, number }) => {
      toast({ message: `${number} is open` })
      await go(paths.operationsIncident(made))
    },
  })
  const there = open.error?.data.incident
  const missing = about || title.trim() ? null : 'Write what is wrong first.'
  return (
    <Dialog
      title="Open an incident"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" busy={open.isPending} disabledReason={missing} onPress={() => open.mutate({ body: { id, title: title.trim(), severity, note: note.trim(), ...about } })}>
            Open and call
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {open.error && (
          <Alert tone="danger">
            {open.error.detail}{' '}
            {typeof there === 'string' && (
              <LinkButton size="sm" href={paths.operationsIncident(there)}>
                See that incident
              </LinkButton>
            )}
          </Alert>
        )}
        {about ? <p className="text-13">About: {given}</p> : <TextField label="What is wrong" value={title} onChange={setTitle} maxLength={160} autoFocus error={open.error?.fields.title?.[0]} hint="In a few words, without anything about a client." />}
        <Select label="How grave" options={severityOptions} value={severity} onChange={choose} hint={`Somebody must take it on ${incidentSeverities[severity].within}. ${severity === 'P0' ? 'Every administrator is called at once.' : 'Whoever is on call is called now.'}`} />
        <TextArea label="What is known (optional)" value={note} onChange={setNote} maxLength={2000} rows={3} hint="The first line of the timeline. Nothing about clients, please." />
      </div>
    </Dialog>
  )
}
