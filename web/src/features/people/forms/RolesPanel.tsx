import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { keepPerson, peopleReads, type Person } from '../queries'
import { rolesRule, showRefusal } from './person-values'
import { reasonRule } from '@/lib/reason'
import { RolesField } from './RolesField'
import { SupervisorField } from './SupervisorField'

const shape = z.object({ roles: rolesRule, reason: reasonRule, supervisor_id: z.string().nullable() })
type Values = z.input<typeof shape>

/** Which roles somebody has from now on, and why. */
export function RolesPanel({ person, open, onClose }: { person: Person; open: boolean; onClose: () => void }) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<Values, unknown, z.output<typeof shape>>({ resolver: zodResolver(shape), values: { roles: person.roles, reason: '', supervisor_id: null }, resetOptions: { keepDirtyValues: true } })
  const roles = useWatch({ control: form.control, name: 'roles' })
  const set = useApiMutation('put', '/api/users/{user_id}/roles', {
    invalidates: [...peopleReads],
    onSuccess: (changed) => {
      keepPerson(changed)
      form.reset({ roles: changed.roles, reason: '', supervisor_id: null })
      toast({ message: `${person.name}’s roles are changed and hold from their next click` })
      onClose()
    },
    onError: (error) => setRefusal(showRefusal(error, ['roles', 'reason', 'supervisor_id'], form.setError)),
  })
  const needsSupervisor = roles.includes('associate') && person.supervisors.length === 0
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    set.mutate({ params: { path: { user_id: person.id } }, body: { ...body, supervisor_id: needsSupervisor ? body.supervisor_id : null } })
  })
  return (
    <Panel
      title="Change roles"
      subtitle={person.name}
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without changing</Button>
          <Button variant="primary" type="submit" form="roles" busy={set.isPending}>
            Change roles
          </Button>
        </>
      }
    >
      <form id="roles" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <FormField control={form.control} name="roles">
          {(field) => <RolesField {...field} />}
        </FormField>
        {person.supervisees.length > 0 && !roles.includes('supervisor') && (
          <Alert tone="warning">Without the role of supervisor, supervision of {person.supervisees.map(({ name }) => name).join(', ')} ends today.</Alert>
        )}
        {needsSupervisor && (
          <FormField control={form.control} name="supervisor_id">
            {(field) => <SupervisorField {...field} except={[person.id]} />}
          </FormField>
        )}
        <FormField control={form.control} name="reason">
          {(field) => <TextArea label="Reason" required rows={2} hint="Stands in the audit trail. Name no client." {...field} />}
        </FormField>
      </form>
    </Panel>
  )
}
