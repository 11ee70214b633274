import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import { alertLooks } from '@/lib/looks'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { RadioGroup } from '@/ui/RadioGroup'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import { alertKinds, alertPurposes } from '../alert-kinds'
import { keepClient } from '../queries'

const shape = z.object({ kind: z.enum(alertKinds), text: z.string().trim().min(1, 'Write what everybody must know.').max(200, 'At most 200 characters.') })
type Values = z.infer<typeof shape>
const empty: Values = { kind: 'risk', text: '' }

export function AlertPanel({ clientId, open, onClose }: { clientId: string; open: boolean; onClose: () => void }) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<Values>({ resolver: zodResolver(shape), defaultValues: empty })
  const raise = useApiMutation('post', '/api/clients/{client_id}/alerts', {
    invalidates: ['/api/clients/{client_id}/timeline'],
    onSuccess: (client) => {
      keepClient(client)
      form.reset(empty)
      toast({ message: 'Alert raised' })
      onClose()
    },
    onError: ({ fields, detail }) => {
      const [message] = fields.text ?? []
      if (message) form.setError('text', { message })
      else setRefusal(detail)
    },
  })
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    raise.mutate({ params: { path: { client_id: clientId } }, body })
  })
  return (
    <Panel
      title="Raise an alert"
      subtitle="Everybody who may open this chart sees it first, the front desk too."
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without raising</Button>
          <Button variant="primary" type="submit" form="alert" busy={raise.isPending}>
            Raise alert
          </Button>
        </>
      }
    >
      <form id="alert" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <FormField control={form.control} name="kind">
          {(field) => <RadioGroup label="What it is about" options={alertKinds.map((kind) => ({ id: kind, label: alertLooks[kind].label, detail: alertPurposes[kind] }))} {...field} />}
        </FormField>
        <FormField control={form.control} name="text">
          {(field) => <TextArea label="What everybody must know" required rows={3} hint="Only as much as the front desk may read. The rest belongs in a note." {...field} />}
        </FormField>
      </form>
    </Panel>
  )
}
