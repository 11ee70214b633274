import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast-queue'
import { peopleReads } from '../queries'
import { invitationShape, nobody, showRefusal, type InvitationResult, type InvitationValues } from './person-values'
import { PersonFields } from './PersonFields'
import { RolesField } from './RolesField'
import { SupervisorField } from './SupervisorField'

type InvitePanelProps = { open: boolean; onClose: () => void; onAdded: (id: string) => void }
const names = Object.keys(nobody) as (keyof InvitationValues)[]

/** Adds somebody and sends them the link. What was entered survives closing the panel by mistake. */
export function InvitePanel({ open, onClose, onAdded }: InvitePanelProps) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<InvitationValues, unknown, InvitationResult>({ resolver: zodResolver(invitationShape), defaultValues: nobody })
  const roles = useWatch({ control: form.control, name: 'roles' })
  const add = useApiMutation('post', '/api/users', {
    invalidates: [...peopleReads],
    onSuccess: ({ id }, { body }) => {
      form.reset(nobody)
      toast({ message: `${body.first_name} ${body.last_name} is invited by e-mail` })
      onAdded(id)
    },
    onError: (error) => setRefusal(showRefusal(error, names, form.setError)),
  })
  const submit = form.handleSubmit((values) => {
    setRefusal(null)
    add.mutate({ body: { ...values, supervisor_id: values.roles.includes('associate') ? values.supervisor_id : null } })
  })
  return (
    <Panel
      title="Invite somebody"
      subtitle="They get a link by e-mail and choose their own password."
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without inviting</Button>
          <Button variant="primary" type="submit" form="invitation" busy={add.isPending}>
            Send invitation
          </Button>
        </>
      }
    >
      <form id="invitation" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <PersonFields control={form.control}>
          <FormField control={form.control} name="roles">
            {(field) => <RolesField {...field} />}
          </FormField>
          {roles.includes('associate') && (
            <FormField control={form.control} name="supervisor_id">
              {(field) => <SupervisorField {...field} />}
            </FormField>
          )}
        </PersonFields>
      </form>
    </Panel>
  )
}
