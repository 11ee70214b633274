import { useQuery } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { DescriptionList } from '@/ui/DescriptionList'
import { ErrorState } from '@/ui/ErrorState'
import { Panel } from '@/ui/Panel'
import { SkeletonRows } from '@/ui/Skeleton'
import { StatusBadge } from '@/ui/StatusBadge'
import { toast } from '@/ui/toast-queue'
import { channelWords } from '../filter'
import { messageQuery, outboxReads, type Message } from '../queries'
import { carrierNames, isOnItsWay, lookOf, sentenceOf } from '../words'
import { MessageText } from './MessageText'
import { Problem } from './Problem'
import { Watch } from './Watch'

/** One message: how it fares, its text, and what can be done about it. */
export function MessagePanel({ messageId, zone, onClose }: { messageId: string | null; zone: string; onClose: () => void }) {
  return messageId === null ? null : <OpenPanel key={messageId} messageId={messageId} zone={zone} onClose={onClose} />
}

function OpenPanel({ messageId, zone, onClose }: { messageId: string; zone: string; onClose: () => void }) {
  const asked = messageQuery(messageId)
  const { data: message, error, refetch } = useQuery({ ...asked, refetchOnWindowFocus: false })
  return (
    <Panel title={message?.subject ?? 'Message'} open onClose={onClose} footer={message && (message.state === 'waiting' || message.state === 'failed') ? <Actions message={message} /> : undefined}>
      {error && !message ? (
        <ErrorState title={error.title} onRetry={() => void refetch()}>
          {error.detail}
        </ErrorState>
      ) : message ? (
        <Facts message={message} zone={zone} />
      ) : (
        <SkeletonRows rows={6} label="Loading the message" />
      )}
      {message && isOnItsWay(message) && <Watch messageId={messageId} />}
    </Panel>
  )
}

function Facts({ message, zone }: { message: Message; zone: string }) {
  const { channel, recipient_name: name, address, created_at: created, attempts, provider, problem, external_id: number } = message
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col items-start gap-2">
        <StatusBadge {...lookOf(message)} />
        <p>{sentenceOf(message, zone)}</p>
      </div>
      {problem !== '' && <Problem text={problem} />}
      <DescriptionList
        items={[
          { term: 'To', value: <span className="break-words">{name === '' ? address : `${name}, ${address}`}</span> },
          { term: 'Channel', value: channelWords[channel] },
          { term: 'Written', value: <span className="tabular">{formatMoment(created, zone)}</span> },
          ...(provider === '' ? [] : [{ term: 'Carried by', value: carrierNames[provider] ?? provider }]),
          ...(attempts > 1 ? [{ term: 'Attempts', value: <span className="tabular">{attempts}</span> }] : []),
          ...(number === '' ? [] : [{ term: 'Its number', value: <code className="text-13 break-all">{number}</code> }]),
        ]}
      />
      <MessageText message={message} />
    </div>
  )
}

function Actions({ message }: { message: Message }) {
  const [isAsking, ask] = useState(false)
  const params = { path: { message_id: message.id } }
  const done = (said: string) => ({
    invalidates: [...outboxReads],
    onSuccess: () => {
      ask(false)
      toast({ message: said })
    },
  })
  const retry = useApiMutation('post', '/api/messages/{message_id}/attempt', done('The message is tried again at once'))
  const callOff = useApiMutation('delete', '/api/messages/{message_id}', done('The message is called off'))
  return (
    <>
      {retry.error && (
        <Alert tone="danger" className="w-full">
          {retry.error.detail}
        </Alert>
      )}
      <Button onPress={() => ask(true)}>Call off</Button>
      <Button variant="primary" icon={RotateCw} busy={retry.isPending} onPress={() => retry.mutate({ params })}>
        Try again
      </Button>
      <ConfirmDialog title="Call this message off?" open={isAsking} onClose={() => ask(false)} action="Call message off" danger busy={callOff.isPending} error={callOff.error?.detail} onConfirm={() => callOff.mutate({ params })}>
        {message.recipient_name || message.address} never gets it. It stays on this list as called off, and cannot be taken up again.
      </ConfirmDialog>
    </>
  )
}
