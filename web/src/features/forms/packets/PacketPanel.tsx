import { useInfiniteQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useState } from 'react'
import type { ApiError } from '@/api/errors'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { IconButton } from '@/ui/IconButton'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { templatesQuery } from '../queries'
import { categories, type Packet } from '../words'
import { moved, without } from './order'

/** A packet as it is put together: its name, and its forms in their order. Without one, another is made. */
export function PacketPanel({ packet, onClose }: { packet: Packet | null; onClose: () => void }) {
  const { data } = useInfiniteQuery(templatesQuery('published'))
  const [title, setTitle] = useState(packet?.title ?? '')
  const [description, setDescription] = useState(packet?.description ?? '')
  const [families, setFamilies] = useState(() => packet?.forms.map(({ family }) => family) ?? [])
  const known = [...(packet?.forms ?? []), ...(data?.pages.flatMap(({ items }) => items) ?? [])]
  const [error, setError] = useState<ApiError | null>(null)
  const told = (message: string) => ({
    invalidates: ['/api/form-packets' as const],
    onError: setError,
    onSuccess: () => {
      toast({ message })
      onClose()
    },
  })
  const add = useApiMutation('post', '/api/form-packets', told('Packet made. It can be given from now on.'))
  const change = useApiMutation('put', '/api/form-packets/{form_packet_id}', told('Packet saved'))
  const retire = useApiMutation('put', '/api/form-packets/{form_packet_id}/retirement', told('Packet retired. What was given goes on.'))
  const body = { title: title.trim(), description: description.trim(), families }
  const save = () => (packet ? change.mutate({ params: { path: { form_packet_id: packet.id } }, body: { ...body, version: packet.version } }) : add.mutate({ body }))
  const free = (data?.pages.flatMap(({ items }) => items) ?? []).filter(({ family }) => !families.includes(family))
  const reason = body.title === '' ? 'Give the packet a name.' : families.length === 0 ? 'Add a form first.' : null
  return (
    <Panel
      title={packet ? 'Change packet' : 'New packet'}
      open
      onClose={onClose}
      footer={
        <>
          {packet && (
            <Button variant="quiet" busy={retire.isPending} onPress={() => retire.mutate({ params: { path: { form_packet_id: packet.id } } })}>
              Retire packet
            </Button>
          )}
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" busy={add.isPending || change.isPending} disabledReason={reason} onPress={save}>
            Save packet
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error && <Alert tone="danger">{Object.values(error.fields).flat()[0] ?? error.detail}</Alert>}
        <TextField label="Name" required value={title} maxLength={200} autoComplete="off" onChange={setTitle} />
        <TextArea label="Description" rows={2} value={description} maxLength={1000} hint="For colleagues: whom it is for." onChange={setDescription} />
        {families.length > 0 && (
          <ol aria-label="Forms in this packet" className="flex flex-col divide-y divide-line border-y border-line">
            {families.map((family, index) => {
              const form = known.find((each) => each.family === family)
              const name = form?.title ?? 'Form'
              return (
                <li key={family} className="flex items-center gap-1 py-1 text-14">
                  <span className="w-6 shrink-0 text-muted tabular">{index + 1}</span>
                  <span className="min-w-0 flex-1">
                    {name}
                    {form && 'is_published' in form && !form.is_published && <span className="block text-12 text-danger-text">Not published any more: the packet cannot be given.</span>}
                  </span>
                  {index > 0 && <IconButton icon={ArrowUp} size="sm" label={`Move ${name} up`} onPress={() => setFamilies(moved(families, family, -1))} placement="left" />}
                  {index < families.length - 1 && <IconButton icon={ArrowDown} size="sm" label={`Move ${name} down`} onPress={() => setFamilies(moved(families, family, 1))} placement="left" />}
                  <IconButton icon={X} size="sm" label={`Take ${name} out`} onPress={() => setFamilies(without(families, family))} placement="left" />
                </li>
              )
            })}
          </ol>
        )}
        {free.length > 0 ? (
          <Select label="Add a form" options={free.map(({ family, title: label, category }) => ({ id: family, label, detail: categories[category] }))} value={null} onChange={(family) => setFamilies([...families, family])} hint="The client fills them from the first to the last." />
        ) : (
          <p className="text-13 text-muted">Every published form is in this packet.</p>
        )}
      </div>
    </Panel>
  )
}
