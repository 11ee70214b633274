import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { isConnected, providerNames, providerOf } from '../carriers'
import { Webhook } from '../parts/Webhook'
import { outboxReads, type Carrier } from '../queries'
import { blank, fieldsOf, shapes, showRefusal, type AccountValues } from './account-values'

/** Takes an account up, or puts another in its place. A secret is never shown again, and so never filled in. */
export function ConnectPanel({ carrier, onClose }: { carrier: Carrier; onClose: () => void }) {
  const provider = providerOf[carrier.channel]
  const connected = isConnected(carrier)
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<AccountValues>({ resolver: zodResolver(shapes[provider]), defaultValues: { ...blank, sender: connected ? carrier.sender : '' } })
  const connect = useApiMutation('put', '/api/carriers/{provider}', {
    invalidates: [...outboxReads],
    onSuccess: () => {
      toast({ message: `${providerNames[provider]} carries messages from now on. Send a test to be sure.` })
      onClose()
    },
    onError: (error) => setRefusal(showRefusal(error, form.setError)),
  })
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    connect.mutate({ params: { path: { provider } }, body })
  })
  return (
    <Panel
      title={connected ? `Replace the account with ${providerNames[provider]}` : `Connect ${providerNames[provider]}`}
      subtitle={connected ? 'The key in use is retired at once.' : 'With an account of the practice’s own.'}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="account" busy={connect.isPending}>
            {connected ? 'Replace account' : `Connect ${providerNames[provider]}`}
          </Button>
        </>
      }
    >
      <form id="account" noValidate autoComplete="off" className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        {fieldsOf[provider].map(({ name, secret, ...words }) => (
          <FormField key={name} control={form.control} name={name}>
            {(field) => <TextField {...words} required maxLength={300} autoComplete="off" type={secret ? 'password' : 'text'} {...field} />}
          </FormField>
        ))}
        <p className="text-13 text-muted">What you enter here in secret is kept encrypted and never shown again to anybody.</p>
        <Webhook provider={provider} addresses={carrier.webhooks} />
      </form>
    </Panel>
  )
}
