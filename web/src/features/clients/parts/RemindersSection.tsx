import { useQuery } from '@tanstack/react-query'
import { BellRing } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import { Skeleton } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { PreferencesPanel } from '../forms/PreferencesPanel'
import { consentsQuery } from '../queries'

type Consents = Schema<'ContactConsentsOut'>
type Reach = Consents['reach'][number]

const names: Record<Reach['channel'], string> = { email: 'E-mail', sms: 'Text message' }

/** Whether this client is written to about appointments: what they agreed to, address by address. */
export function RemindersSection({ client }: { client: Schema<'ClientOut'> }) {
  const { data, error } = useQuery(consentsQuery(client.id))
  const [isSetting, setSetting] = useState(false)
  if (error) return <Alert tone="danger">{error.detail}</Alert>
  if (!data) return <Skeleton className="h-28 w-full" />
  const past = data.consents.filter(({ is_current }) => !is_current)
  return (
    <Section
      title="Messages about appointments"
      aside={
        data.may_change && (
          <Button size="sm" variant="quiet" className="-mr-2.5" onPress={() => setSetting(true)}>
            Change times
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <ul className="flex flex-col gap-3">
          {data.reach.map((reach) => (
            <Channel key={reach.channel} clientId={client.id} reach={reach} data={data} />
          ))}
        </ul>
        <p className="text-13 text-muted">{timesOf(data.preferences)}</p>
        {past.length > 0 && <Past consents={past} />}
      </div>
      {isSetting && <PreferencesPanel clientId={client.id} preferences={data.preferences} onClose={() => setSetting(false)} />}
    </Section>
  )
}

const keep = (clientId: string) => (data: Consents) => queryClient.setQueryData(consentsQuery(clientId).queryKey, data)

function Channel({ clientId, reach, data }: { clientId: string; reach: Reach; data: Consents }) {
  const zone = useMe().practice.timezone
  const consent = data.consents.find(({ channel, is_current }) => channel === reach.channel && is_current)
  const done = { onSuccess: keep(clientId), onError: ({ detail }: { detail: string }) => toast({ message: detail, tone: 'danger' }) }
  const give = useApiMutation('post', '/api/clients/{client_id}/contact-consents', done)
  const revoke = useApiMutation('post', '/api/contact-consents/{consent_id}/revocation', done)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{names[reach.channel]}</span>
          {consent && !reach.stopped && <StatusBadge size="sm" tone="green" icon={BellRing} label="Agreed" />}
          <span className="min-w-0 text-13 break-words text-muted">{reach.address || 'No address of this kind in the chart'}</span>
        </p>
        <p className="text-13 text-muted">{consent ? `Given ${formatMoment(consent.given_at, zone)}, recorded by ${consent.recorded_by_name}` : reach.address && 'Not agreed: nothing is sent there.'}</p>
        {reach.stopped && <p className="text-13 text-danger-text">{reach.stopped}</p>}
      </div>
      {data.may_change && consent && (
        <Button size="sm" busy={revoke.isPending} onPress={() => revoke.mutate({ params: { path: { consent_id: consent.id } } })}>
          Take consent back<span className="sr-only">: {names[reach.channel]}</span>
        </Button>
      )}
      {data.may_change && !consent && reach.address && (
        <Button size="sm" busy={give.isPending} onPress={() => give.mutate({ params: { path: { client_id: clientId } }, body: { channel: reach.channel } })}>
          Record consent<span className="sr-only">: {names[reach.channel]}</span>
        </Button>
      )}
    </li>
  )
}

function timesOf({ email_timing, sms_timing, timezone }: Consents['preferences']): string {
  const own = [email_timing && `e-mail ${email_timing.join(', ') || 'never'}`, sms_timing && `text ${sms_timing.join(', ') || 'never'}`].filter(Boolean)
  const hours = own.length === 0 ? 'Reminded when the practice reminds everybody' : `Hours before: ${own.join('; ')}`
  return `${hours}${timezone ? `, on the clock of ${timezone.replaceAll('_', ' ')}` : ''}.`
}

function Past({ consents }: { consents: Consents['consents'] }) {
  const zone = useMe().practice.timezone
  return (
    <details className="text-13 text-muted">
      <summary className="cursor-pointer">Earlier consents ({consents.length})</summary>
      <ul className="flex flex-col gap-1 pt-1.5">
        {consents.map(({ id, channel, address, given_at, revoked_at, revoked_by_name }) => (
          <li key={id} className="break-words">
            {names[channel]} {address}: given {formatMoment(given_at, zone)}
            {revoked_at ? `, taken back ${formatMoment(revoked_at, zone)} (${revoked_by_name})` : ', for an address that is no longer in the chart'}
          </li>
        ))}
      </ul>
    </details>
  )
}
