import { PlugZap, Send, Unplug } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { formatPlainDate, localDate } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { DescriptionList } from '@/ui/DescriptionList'
import { Section } from '@/ui/Section'
import { toast } from '@/ui/toast-queue'
import { carriedBy, isConnected, providerNames, providerOf } from '../carriers'
import { channelTitles } from '../filter'
import { ConnectPanel } from '../forms/ConnectPanel'
import { TestPanel } from '../forms/TestPanel'
import { outboxReads, type Carrier } from '../queries'
import { FOLDER } from '../words'
import { CarrierFigures } from './CarrierFigures'
import { DomainHints } from './DomainHints'
import { Problems } from './Problems'
import { Webhook } from './Webhook'

/** Who carries one channel, how that goes, and everything one can do about it. */
export function CarrierSection({ carrier }: { carrier: Carrier }) {
  const zone = useMe().practice.timezone
  const { channel, provider, sender, since, webhooks, sender_domain: domain, problems } = carrier
  const connected = isConnected(carrier)
  return (
    <Section title={channelTitles[channel]}>
      <div className="flex flex-col gap-5">
        {provider === FOLDER ? <Alert>{carriedBy.folder}</Alert> : <p>{carriedBy[provider]}</p>}
        {(sender !== '' || since !== null) && provider !== FOLDER && (
          <DescriptionList
            items={[
              { term: 'Sender', value: <span className="break-words">{sender}</span> },
              ...(since === null ? [] : [{ term: 'Connected', value: <span className="tabular">{formatPlainDate(localDate(since, zone))}</span> }]),
            ]}
          />
        )}
        <Actions carrier={carrier} />
        <CarrierFigures carrier={carrier} />
        {problems.length > 0 && <Problems problems={problems} zone={zone} />}
        {connected && <Webhook provider={providerOf[channel]} addresses={webhooks} />}
        {channel === 'Email' && connected && domain !== '' && <DomainHints domain={domain} />}
      </div>
    </Section>
  )
}

function Actions({ carrier }: { carrier: Carrier }) {
  const [open, show] = useState<'connect' | 'disconnect' | 'test' | null>(null)
  const close = () => show(null)
  const name = providerOf[carrier.channel]
  const connected = isConnected(carrier)
  const disconnect = useApiMutation('delete', '/api/carriers/{provider}', {
    invalidates: [...outboxReads],
    onSuccess: () => {
      close()
      toast({ message: `${providerNames[name]} is disconnected` })
    },
  })
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={PlugZap} variant={connected ? 'secondary' : 'primary'} onPress={() => show('connect')}>
        {connected ? 'Replace account' : `Connect ${providerNames[name]}`}
      </Button>
      <Button icon={Send} onPress={() => show('test')}>
        {carrier.channel === 'Email' ? 'Send a test e-mail' : 'Send a test text'}
      </Button>
      {connected && (
        <Button icon={Unplug} variant="quiet" onPress={() => show('disconnect')}>
          Disconnect
        </Button>
      )}
      {open === 'connect' && <ConnectPanel carrier={carrier} onClose={close} />}
      {open === 'test' && <TestPanel channel={carrier.channel} onClose={close} />}
      <ConfirmDialog
        title={`Disconnect ${providerNames[name]}?`}
        open={open === 'disconnect'}
        onClose={close}
        action={`Disconnect ${providerNames[name]}`}
        danger
        busy={disconnect.isPending}
        error={disconnect.error?.detail}
        onConfirm={() => disconnect.mutate({ params: { path: { provider: name } } })}
      >
        From now on the installation itself takes what is sent, as before. Its key is no longer used and cannot be shown again: to come back you enter one anew. What is still on its way is told of for a day.
      </ConfirmDialog>
    </div>
  )
}
