import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast-queue'
import { ClientFields } from './ClientFields'
import { clientShape, emptyClient, showRefusal, toClient, type ClientResult, type ClientValues } from './client-values'

type NewClientPanelProps = { open: boolean; onClose: () => void; onAdded: (client: Schema<'ClientOut'>) => void }

/** Registers a client. What was entered survives closing the panel by mistake. */
export function NewClientPanel({ open, onClose, onAdded }: NewClientPanelProps) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<ClientValues, unknown, ClientResult>({ resolver: zodResolver(clientShape), defaultValues: emptyClient })
  const add = useApiMutation('post', '/api/clients', {
    invalidates: ['/api/clients'],
    onSuccess: (client) => {
      form.reset(emptyClient)
      toast({ message: `${client.name} is registered as ${client.medical_record_number}` })
      onAdded(client)
    },
    onError: (error) => setRefusal(showRefusal(error, form.setError)),
  })
  const submit = form.handleSubmit((values) => {
    setRefusal(null)
    add.mutate({ body: toClient(values) })
  })
  return (
    <Panel
      title="New client"
      subtitle="Name and date of birth are enough to begin. A record number is given."
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without adding</Button>
          <Button variant="primary" type="submit" form="new-client" busy={add.isPending}>
            Add client
          </Button>
        </>
      }
    >
      <form id="new-client" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <ClientFields control={form.control} />
      </form>
    </Panel>
  )
}
