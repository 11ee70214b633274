import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import { today } from '@/lib/dates'
import { useMe } from '@/api/me'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DateField } from '@/ui/DateField'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { keepClient } from '../queries'

const shape = z.object({
  code: z.string().trim().min(3, 'Enter the ICD-10-CM code, like F41.1.').max(20, 'At most 20 characters.'),
  description: z.string().trim().min(1, 'Enter what the code stands for.').max(300, 'At most 300 characters.'),
  onset_date: z.string().nullable(),
})
type Values = z.infer<typeof shape>
const empty: Values = { code: '', description: '', onset_date: null }
const names = ['code', 'description', 'onset_date'] as const

export function DiagnosisPanel({ clientId, open, onClose }: { clientId: string; open: boolean; onClose: () => void }) {
  const { timezone } = useMe().practice
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<Values>({ resolver: zodResolver(shape), defaultValues: empty })
  const add = useApiMutation('post', '/api/clients/{client_id}/diagnoses', {
    invalidates: ['/api/clients/{client_id}/timeline'],
    onSuccess: (client) => {
      keepClient(client)
      form.reset(empty)
      toast({ message: 'Diagnosis added' })
      onClose()
    },
    onError: ({ fields, detail }) => {
      const refused = names.filter((name) => fields[name]?.[0])
      for (const name of refused) form.setError(name, { message: fields[name]?.[0] ?? detail })
      if (refused.length === 0) setRefusal(detail)
    },
  })
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    add.mutate({ params: { path: { client_id: clientId } }, body })
  })
  return (
    <Panel
      title="Add a diagnosis"
      subtitle="It joins the end of the list; new notes carry it."
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without adding</Button>
          <Button variant="primary" type="submit" form="diagnosis" busy={add.isPending}>
            Add diagnosis
          </Button>
        </>
      }
    >
      <form id="diagnosis" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <FormField control={form.control} name="code">
          {(field) => <TextField label="ICD-10-CM code" required placeholder="F41.1" autoComplete="off" className="max-w-40" {...field} />}
        </FormField>
        <FormField control={form.control} name="description">
          {(field) => <TextField label="Description" required autoComplete="off" {...field} />}
        </FormField>
        <FormField control={form.control} name="onset_date">
          {(field) => <DateField label="Since" hint="If it is known." max={today(timezone)} className="max-w-40" {...field} />}
        </FormField>
      </form>
    </Panel>
  )
}
