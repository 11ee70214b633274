import { useQuery } from '@tanstack/react-query'
import { Check, Copy, Webhook } from 'lucide-react'
import { useState } from 'react'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment, formatNear } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { alertWebhookQuery } from '../queries'

/** Where alerts are told outside the product, and how that went lately. */
export function AlertWebhookTab({ zone }: { zone: string }) {
  const { data, error, refetch } = useQuery(alertWebhookQuery())
  const [secret, show] = useState<string | null>(null)
  if (error && !data) {
    return (
      <ErrorState title={error.title} onRetry={() => void refetch()}>
        {error.detail}
      </ErrorState>
    )
  }
  if (!data) return <SkeletonRows rows={5} label="Loading the webhook" />
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
      <Address key={data.since} webhook={data} zone={zone} onSecret={show} secret={secret} />
      {data.url !== null && <Deliveries deliveries={data.deliveries} zone={zone} />}
    </div>
  )
}

type Of = { webhook: Schema<'WebhookOut'>; zone: string; secret: string | null; onSecret: (secret: string | null) => void }

function Address({ webhook, zone, secret, onSecret }: Of) {
  const [url, setUrl] = useState(webhook.url ?? '')
  const [removing, remove] = useState(false)
  const set = useApiMutation('put', '/api/operations/alert-webhook', {
    onSuccess: ({ secret: fresh, ...rest }) => {
      onSecret(fresh)
      queryClient.setQueryData(alertWebhookQuery().queryKey, rest)
    },
  })
  const end = useApiMutation('delete', '/api/operations/alert-webhook', {
    onSuccess: (rest) => {
      onSecret(null)
      remove(false)
      queryClient.setQueryData(alertWebhookQuery().queryKey, rest)
      toast({ message: 'Webhook removed' })
    },
  })
  return (
    <Section title="Webhook">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          set.mutate({ body: { url: url.trim() } })
        }}
      >
        <p className="text-13 text-muted">Rules that use it POST each alert there as JSON, signed, until it was taken. Nothing about clients is in it.</p>
        {webhook.since !== null && (
          <p className="text-13">
            {webhook.set_by} named it, {formatNear(webhook.since, zone)}.
          </p>
        )}
        {set.error && set.error.fields.url === undefined && <Alert tone="danger">{set.error.detail}</Alert>}
        {secret !== null && <Secret secret={secret} />}
        <TextField label="Address" type="url" value={url} maxLength={500} onChange={setUrl} error={set.error?.fields.url?.[0]} hint="It begins with https:// and lies outside private networks." />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" icon={Webhook} busy={set.isPending} disabledReason={url.trim() === '' ? 'Enter an address first.' : null}>
            {webhook.url === null ? 'Use this address' : 'Save, with a new secret'}
          </Button>
          {webhook.url !== null && <Button onPress={() => remove(true)}>Remove</Button>}
        </div>
      </form>
      {removing && (
        <ConfirmDialog open title="Remove the webhook?" action="Remove the webhook" danger busy={end.isPending} error={end.error?.detail} onConfirm={() => end.mutate({})} onClose={() => remove(false)}>
          Nothing more is told there, what waits neither.
        </ConfirmDialog>
      )}
    </Section>
  )
}

function Secret({ secret }: { secret: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard.writeText(secret).then(() => setCopied(true))
  return (
    <Alert tone="success" title="This is its secret. It is not shown again.">
      <TextField
        label="Secret"
        value={secret}
        onChange={() => undefined}
        readOnly
        inputClassName="font-mono text-13"
        hint="MentalSpace-Signature is t=<seconds>,v1=<HMAC-SHA256 of “t.body” with it>. MentalSpace-Delivery is the same however often it is sent."
        trailing={<IconButton icon={copied ? Check : Copy} label={copied ? 'Copied' : 'Copy the secret'} size="sm" onPress={copy} />}
      />
    </Alert>
  )
}

function Deliveries({ deliveries, zone }: { deliveries: Schema<'WebhookOut'>['deliveries']; zone: string }) {
  return (
    <Section title="Latest deliveries" flush>
      {deliveries.length === 0 ? (
        <p className="px-4 py-3 text-13 text-muted">None yet. “Send a test alert” sends one.</p>
      ) : (
        <ul aria-label="Latest deliveries" className="divide-y divide-line text-13">
          {deliveries.map((each) => (
            <li key={each.id} className="px-4 py-2.5">
              <p className="flex flex-wrap justify-between gap-x-3">
                <span className="font-medium capitalize">{each.event}</span>
                <span className="text-muted">{formatMoment(each.created_at, zone)}</span>
              </p>
              <p className="text-muted">{outcome(each, zone)}</p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function outcome({ delivered_at, next_attempt_at, attempts, last_error }: Schema<'DeliveryOut'>, zone: string): string {
  const tries = attempts === 1 ? 'at the first try' : `after ${attempts} tries`
  if (delivered_at !== null) return `Taken ${tries}, ${formatMoment(delivered_at, zone)}.`
  if (next_attempt_at === null) return `Given up ${tries}. ${last_error}`
  return attempts === 0 ? 'On its way.' : `Not taken yet, ${tries}. ${last_error} Next try ${formatMoment(next_attempt_at, zone)}.`
}
