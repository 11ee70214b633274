import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast-queue'
import { keepPerson, peopleReads, type Person } from '../queries'
import { SupervisorField } from './SupervisorField'

/** Gives somebody a supervisor from today on. */
export function SupervisionPanel({ person, open, onClose }: { person: Person; open: boolean; onClose: () => void }) {
  const [supervisor, setSupervisor] = useState<string | null>(null)
  const [error, setError] = useState<string | undefined>(undefined)
  const assign = useApiMutation('post', '/api/supervision', {
    invalidates: [...peopleReads],
    onSuccess: (changed) => {
      keepPerson(changed)
      setSupervisor(null)
      toast({ message: `${person.name} has a supervisor` })
      onClose()
    },
    onError: ({ fields, detail }) => setError(fields.supervisor_id?.[0] ?? detail),
  })
  const submit = () => {
    setError(supervisor === null ? 'Choose a supervisor.' : undefined)
    if (supervisor !== null) assign.mutate({ body: { supervisor_id: supervisor, supervisee_id: person.id } })
  }
  return (
    <Panel
      title="Assign a supervisor"
      subtitle={person.name}
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without assigning</Button>
          <Button variant="primary" busy={assign.isPending} onPress={submit}>
            Assign supervisor
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <SupervisorField value={supervisor} onChange={setSupervisor} error={error} except={[person.id, ...person.supervisors.map(({ person_id }) => person_id)]} />
        <Alert>A supervisor has a license in force and at most {person.most_supervisees} supervisees.</Alert>
      </div>
    </Panel>
  )
}
