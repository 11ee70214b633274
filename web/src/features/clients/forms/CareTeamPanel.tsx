import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ComboBox } from '@/ui/ComboBox'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { keepClient, staffQuery } from '../queries'

const shape = z.object({
  person_id: z.string().nullable().pipe(z.string('Choose who joins the care team.')),
  role: z.string().trim().min(1, 'Say what they do for this client.').max(40, 'At most 40 characters.'),
})
type Values = z.input<typeof shape>
const empty: Values = { person_id: null, role: 'Therapist' }

export function CareTeamPanel({ client, open, onClose }: { client: Schema<'ClientOut'>; open: boolean; onClose: () => void }) {
  const { data: staff = [] } = useQuery({ ...staffQuery(), enabled: open })
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(shape), defaultValues: empty })
  const assign = useApiMutation('post', '/api/clients/{client_id}/care-team', {
    invalidates: ['/api/clients'],
    onSuccess: (changed) => {
      keepClient(changed)
      form.reset(empty)
      toast({ message: 'Care team changed' })
      onClose()
    },
    onError: ({ fields, detail }) => setRefusal(fields.person_id?.[0] ?? fields.role?.[0] ?? detail),
  })
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    assign.mutate({ params: { path: { client_id: client.id } }, body })
  })
  const free = staff.filter(({ id, is_schedulable }) => is_schedulable && !client.care_team.some(({ person_id }) => person_id === id))
  return (
    <Panel
      title="Assign to the care team"
      subtitle="Whoever is assigned may see this whole chart from now on."
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without assigning</Button>
          <Button variant="primary" type="submit" form="care-team" busy={assign.isPending}>
            Assign to care team
          </Button>
        </>
      }
    >
      <form id="care-team" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        {open && (
          <FormField control={form.control} name="person_id">
            {(field) => (
              <ComboBox
                label="Who"
                required
                key={free.length}
                options={free.map(({ id, name, credentials }) => ({ id, label: name, detail: credentials || undefined }))}
                empty="Everybody who treats clients is in this care team, or nobody has that name."
                {...field}
              />
            )}
          </FormField>
        )}
        <FormField control={form.control} name="role">
          {(field) => <TextField label="Their part" required hint="Therapist, supervisor, prescriber…" {...field} />}
        </FormField>
      </form>
    </Panel>
  )
}
