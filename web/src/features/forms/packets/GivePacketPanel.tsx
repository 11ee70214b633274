import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { today } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DatePicker } from '@/ui/DatePicker'
import { Panel } from '@/ui/Panel'
import { RadioGroup } from '@/ui/RadioGroup'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { mayGive } from '../can'
import { formReads, packetsQuery } from '../queries'

/** Which packet a client is to fill, and until when. One they have already is asked about. */
export function GivePacketPanel({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const me = useMe()
  const { data, error, isPending } = useInfiniteQuery(packetsQuery(false))
  const packets = (data?.pages.flatMap(({ items }) => items) ?? []).filter(({ forms }) => forms.every(({ category }) => mayGive(me, category)))
  const [chosen, choose] = useState<string | null>(null)
  const [due, setDue] = useState<string | null>(null)
  const [instructions, setInstructions] = useState('')
  const give = useApiMutation('post', '/api/clients/{client_id}/form-packets', {
    invalidates: [...formReads],
    onSuccess: ({ items }) => {
      toast({ message: `${items.length} forms given. Send one link for all of them, or fill them together.` })
      onClose()
    },
  })
  const isThere = give.error?.code === 'packet_there'
  const send = (isAgain: boolean) => chosen && give.mutate({ params: { path: { client_id: clientId } }, body: { packet_id: chosen, is_again: isAgain, due_date: due, priority: 'normal', instructions: instructions.trim() } })
  return (
    <Panel
      title="Give a packet"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" busy={give.isPending} disabledReason={chosen === null ? 'Choose a packet first.' : null} onPress={() => send(isThere)}>
            {isThere ? 'Give it once more' : 'Give packet'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {give.error && <Alert tone={isThere ? 'warning' : 'danger'}>{Object.values(give.error.fields).flat()[0] ?? give.error.detail}</Alert>}
        {error ? (
          <Alert tone="danger">{error.detail}</Alert>
        ) : isPending ? (
          <SkeletonRows rows={2} label="Loading the packets" />
        ) : packets.length === 0 ? (
          <Alert>There is no packet that you may give. Administrators put them together under Forms.</Alert>
        ) : (
          <RadioGroup
            label="Packet"
            required
            value={chosen}
            onChange={(id) => {
              choose(id)
              give.reset()
            }}
            options={packets.map(({ id, title, forms }) => ({ id, label: title, detail: forms.map((form) => form.title).join(', '), disabled: forms.some((form) => !form.is_published) }))}
          />
        )}
        <DatePicker label="Due" value={due} onChange={setDue} min={today(me.practice.timezone)} />
        <TextArea label="Instructions" value={instructions} maxLength={1000} onChange={setInstructions} hint="Shown above the questions of each form." />
      </div>
    </Panel>
  )
}
