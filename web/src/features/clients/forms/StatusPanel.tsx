import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { today } from '@/lib/dates'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DateField } from '@/ui/DateField'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { keepClient } from '../queries'
import { showRefusal } from './refusal'

const statuses = [
  { id: 'Active', label: 'Active', detail: 'In care' },
  { id: 'Inactive', label: 'Inactive', detail: 'Care is paused' },
  { id: 'Discharged', label: 'Discharged', detail: 'Care has ended' },
  { id: 'Deceased', label: 'Deceased', detail: 'The client has died' },
] as const

const shape = z.object({
  status: z.enum(['Active', 'Inactive', 'Discharged', 'Deceased']).nullable().pipe(z.enum(['Active', 'Inactive', 'Discharged', 'Deceased'], 'Choose the new status.')),
  effective_date: z.string().nullable().pipe(z.string('Enter the day.')),
  reason: z.string().trim().min(3, 'Say why: the chart keeps it.').max(300, 'At most 300 characters.'),
})
const names = ['status', 'effective_date', 'reason'] as const

/** Pauses, ends or takes up care again. An administrator's. */
export function StatusPanel({ client, onClose }: { client: Schema<'ClientOut'>; onClose: () => void }) {
  const { timezone } = useMe().practice
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(shape), defaultValues: { status: null, effective_date: today(timezone), reason: '' } as z.input<typeof shape> })
  const change = useApiMutation('put', '/api/clients/{client_id}/status', {
    invalidates: ['/api/clients', '/api/clients/{client_id}/authority'],
    onSuccess: (changed) => {
      keepClient(changed)
      toast({ message: `Status changed to ${changed.status}` })
      onClose()
    },
    onError: showRefusal(form, names, setRefusal),
  })
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    change.mutate({ params: { path: { client_id: client.id } }, body })
  })
  return (
    <Panel
      title="Change status"
      subtitle={`${client.name} is ${client.status.toLowerCase()} now. Sessions already booked stay booked: cancel them in the calendar.`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without changing</Button>
          <Button variant="primary" type="submit" form="status" busy={change.isPending}>
            Change status
          </Button>
        </>
      }
    >
      <form id="status" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <FormField control={form.control} name="status">
          {(field) => <Select label="New status" required options={statuses.filter(({ id }) => id !== client.status)} {...field} />}
        </FormField>
        <FormField control={form.control} name="effective_date">
          {(field) => <DateField label="Since" required max={today(timezone)} className="max-w-40" {...field} />}
        </FormField>
        <FormField control={form.control} name="reason">
          {(field) => <TextArea label="Reason" required hint="Everybody who opens this chart can read it." {...field} />}
        </FormField>
      </form>
    </Panel>
  )
}
