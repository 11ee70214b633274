import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useMe } from '@/api/me'
import { invalidate, useApiMutation } from '@/api/queries'
import { localDate, localTime } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast-queue'
import { whyNotMove } from '../can'
import { conflictOf } from '../conflict'
import { Alternatives } from '../parts/Alternatives'
import { ScopeDialog } from '../parts/ScopeDialog'
import type { Appointment } from '../status'
import { needsScope, toTell, type Scope } from '../undo'
import type { Skipped } from '../use-move'
import { sessionReads } from '../use-steps'
import type { Times } from '../wall-clock'
import { MemoField, PlaceFields, TimeFields, TypeField, type Fields } from './SessionFields'
import { editOf, editShape, toChange, type EditResult, type EditValues } from './session-values'

type EditFormProps = { appointment: Appointment; onDone: () => void; onClose: () => void; onSkipped: (skipped: Skipped) => void }

/** Date, time, place and memo of one session: what dragging does, and more, by keyboard. */
export function EditForm({ appointment, onDone, onClose, onSkipped }: EditFormProps) {
  const zone = useMe().practice.timezone
  const before = editOf(appointment, zone)
  const [opened] = useState({ version: appointment.version, values: before })
  const [asking, setAsking] = useState<EditResult | null>(null)
  const form = useForm<EditValues, unknown, EditResult>({ resolver: zodResolver(editShape), defaultValues: before })
  const fields = { control: form.control, setValue: form.setValue } as unknown as Fields
  const save = useApiMutation('patch', '/api/appointments/{appointment_id}', {
    invalidates: sessionReads,
    onSuccess: ({ booked, skipped }) => {
      onDone()
      toast({ message: booked > 1 ? `${booked} sessions changed` : 'Session changed' })
      const left = toTell(skipped)
      if (left.length > 0) onSkipped({ done: booked, skipped: left, verb: 'changed' })
    },
    onError: (error) => {
      if (error.code === 'appointment_changed_elsewhere') void invalidate(...sessionReads)
    },
  })
  const conflict = conflictOf(save.error)
  const isElsewhere = save.error?.code === 'appointment_changed_elsewhere'
  const send = (values: EditResult, scope: Scope, version = opened.version) => save.mutate({ params: { path: { appointment_id: appointment.id } }, body: { ...toChange(values, opened.values, zone), version, scope } })
  const submit = form.handleSubmit((values) => {
    if (Object.keys(toChange(values, opened.values, zone)).length === 0) return onDone()
    if (needsScope(appointment)) setAsking(values)
    else send(values, 'this')
  })
  const moveTo = ({ starts_at }: Times) => {
    form.setValue('date', localDate(starts_at, zone))
    form.setValue('start', localTime(starts_at, zone))
    const scope = save.variables?.body.scope ?? 'this'
    void form.handleSubmit((values) => send(values, scope))()
  }
  return (
    <Panel
      title={`Edit session: ${appointment.client_name}`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onDone}>Discard changes</Button>
          <Button variant="primary" type="submit" form="edit-session" busy={save.isPending}>
            Save session
          </Button>
        </>
      }
    >
      <form id="edit-session" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {conflict && <Alternatives conflict={conflict} minutes={form.getValues('minutes') ?? 0} zone={zone} verb="Move to" kept="Nothing was changed; what you typed is kept." busy={save.isPending} onChoose={moveTo} />}
        {isElsewhere && (
          <Alert tone="warning" title="Somebody else changed this session" action={<Button size="sm" onPress={() => void form.handleSubmit((values) => send(values, save.variables?.body.scope ?? 'this', appointment.version))()}>Save mine</Button>}>
            What you typed is still here. Save it over theirs, or discard it to see theirs.
          </Alert>
        )}
        {save.error && !conflict && !isElsewhere && <Alert tone="danger">{Object.values(save.error.fields).flat().join(' ') || save.error.detail}</Alert>}
        <TypeField {...fields} />
        <TimeFields {...fields} refusal={whyNotMove(appointment)} />
        <PlaceFields {...fields} />
        <MemoField {...fields} />
      </form>
      <ScopeDialog
        open={asking !== null}
        title="Change which sessions?"
        action="Save changes"
        keep="Keep editing"
        onAnswer={(scope) => {
          setAsking(null)
          if (asking && scope) send(asking, scope)
        }}
      />
    </Panel>
  )
}
