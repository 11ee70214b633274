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
import { Dialog } from '@/ui/Dialog'
import { FormField } from '@/ui/FormField'
import { toast } from '@/ui/toast-queue'
import { keepClient } from '../queries'
import { showRefusal } from './refusal'

const shape = z.object({ resolved_date: z.string().nullable().pipe(z.string('Enter the day.')) })

/** Ends a diagnosis; Undo takes it up again. */
export function ResolvePanel({ clientId, diagnosis, onClose }: { clientId: string; diagnosis: Schema<'DiagnosisOut'>; onClose: () => void }) {
  const { timezone } = useMe().practice
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(shape), defaultValues: { resolved_date: today(timezone) } as z.input<typeof shape> })
  const params = { path: { client_id: clientId, diagnosis_id: diagnosis.id } }
  const invalidates = ['/api/clients/{client_id}/timeline'] as const
  const reopen = useApiMutation('delete', '/api/clients/{client_id}/diagnoses/{diagnosis_id}/resolution', { invalidates: [...invalidates], onSuccess: keepClient, onError: ({ detail }) => toast({ message: detail, tone: 'danger' }) })
  const resolve = useApiMutation('put', '/api/clients/{client_id}/diagnoses/{diagnosis_id}/resolution', {
    invalidates: [...invalidates],
    onSuccess: (client) => {
      keepClient(client)
      toast({ message: 'Diagnosis resolved', undo: () => reopen.mutate({ params }) })
      onClose()
    },
    onError: showRefusal(form, ['resolved_date'], setRefusal),
  })
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    resolve.mutate({ params, body })
  })
  return (
    <Dialog
      title="Resolve diagnosis"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Keep it current</Button>
          <Button variant="primary" type="submit" form="resolve" busy={resolve.isPending}>
            Resolve diagnosis
          </Button>
        </>
      }
    >
      <form id="resolve" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <p>
          {diagnosis.description} <span className="text-muted tabular">{diagnosis.code}</span>
        </p>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <FormField control={form.control} name="resolved_date">
          {(field) => <DateField label="Resolved on" required max={today(timezone)} className="max-w-40" {...field} />}
        </FormField>
      </form>
    </Dialog>
  )
}
