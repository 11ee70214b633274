import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { keepClient } from '../queries'
import { showRefusal } from './refusal'

type Contact = Schema<'EmergencyContactOut'>

const shape = z.object({
  name: z.string().trim().min(1, 'Enter their name.').max(150, 'At most 150 characters.'),
  relationship: z.string().trim().max(60, 'At most 60 characters.'),
  phone: z.string().trim().min(3, 'Enter a phone number.').max(30, 'At most 30 characters.'),
})
const names = ['name', 'relationship', 'phone'] as const

/** Adds an emergency contact, or changes the one given. */
export function ContactPanel({ clientId, contact, onClose }: { clientId: string; contact: Contact | null; onClose: () => void }) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(shape), defaultValues: contact ?? { name: '', relationship: '', phone: '' } })
  const done = (message: string) => (client: Schema<'ClientOut'>) => {
    keepClient(client)
    toast({ message })
    onClose()
  }
  const onError = showRefusal(form, names, setRefusal)
  const add = useApiMutation('post', '/api/clients/{client_id}/contacts', { onSuccess: done('Emergency contact added'), onError })
  const change = useApiMutation('put', '/api/clients/{client_id}/contacts/{contact_id}', { onSuccess: done('Emergency contact changed'), onError })
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    if (contact) change.mutate({ params: { path: { client_id: clientId, contact_id: contact.id } }, body })
    else add.mutate({ params: { path: { client_id: clientId } }, body })
  })
  return (
    <Panel
      title={contact ? 'Change emergency contact' : 'Add an emergency contact'}
      subtitle="Whom to call when something happens. This alone lets nobody see the chart."
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="contact" busy={add.isPending || change.isPending}>
            {contact ? 'Save contact' : 'Add contact'}
          </Button>
        </>
      }
    >
      <form id="contact" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <FormField control={form.control} name="name">
          {(field) => <TextField label="Name" required autoComplete="off" {...field} />}
        </FormField>
        <FormField control={form.control} name="relationship">
          {(field) => <TextField label="Relationship" autoComplete="off" hint="Sister, friend, neighbor…" {...field} />}
        </FormField>
        <FormField control={form.control} name="phone">
          {(field) => <TextField label="Phone" required autoComplete="off" className="max-w-56" {...field} />}
        </FormField>
      </form>
    </Panel>
  )
}
