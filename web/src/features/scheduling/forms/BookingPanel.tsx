import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm, type Control } from 'react-hook-form'
import type { ApiError } from '@/api/errors'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { formatSession, localDate, localTime } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { toast } from '@/ui/toast-queue'
import { booksForOthers } from '../can'
import { conflictOf, type Conflict } from '../conflict'
import { Alternatives } from '../parts/Alternatives'
import { locationsQuery, staffQuery } from '../queries'
import type { Skipped } from '../use-move'
import { sessionReads } from '../use-steps'
import type { Times } from '../wall-clock'
import { ClientField } from './ClientField'
import { RepeatFields } from './RepeatFields'
import { MemoField, PlaceFields, TimeFields, TypeField, type Fields } from './SessionFields'
import { bookingShape, emptyBooking, fieldNames, toBooking, type BookingResult, type BookingValues, type Slot } from './session-values'

type BookingPanelProps = { slot: Slot | null; client?: { id: string; name: string } | undefined; onClose: () => void; onSkipped: (skipped: Skipped) => void }

/** The flyout for a new session, opened from an empty slot, a drawn length, the button or `n`. */
export function BookingPanel({ slot, client, onClose, onSkipped }: BookingPanelProps) {
  const { data: locations } = useQuery({ ...locationsQuery(), enabled: slot !== null })
  if (!slot || !locations) return null
  return <OpenBookingPanel slot={slot} client={client} firstLocation={locations[0]?.id} onClose={onClose} onSkipped={onSkipped} />
}

type OpenProps = Omit<BookingPanelProps, 'slot'> & { slot: Slot; firstLocation: string | undefined }

function OpenBookingPanel({ slot, client, firstLocation, onClose, onSkipped }: OpenProps) {
  const me = useMe()
  const zone = me.practice.timezone
  const forOthers = booksForOthers(me)
  const { data: staff } = useQuery({ ...staffQuery(), enabled: forOthers })
  const clinicianId = slot.clinicianId ?? (me.can.includes('write_notes') ? me.id : null)
  const form = useForm<BookingValues, unknown, BookingResult>({ resolver: zodResolver(bookingShape), defaultValues: emptyBooking({ ...slot, clinicianId, clientId: client?.id ?? null }, firstLocation) })
  const control = form.control as unknown as Control<BookingValues>
  // Every field of an edit is one of a booking too.
  const fields = { control: form.control, setValue: form.setValue } as unknown as Fields
  const { conflict, refusal, isPending, send } = useBooking({ zone, meId: me.id, onRefused: (name, message) => form.setError(name, { message }, { shouldFocus: true }), onClose, onSkipped })
  const submit = form.handleSubmit((values) => send(values))
  const bookAt = ({ starts_at }: Times) => {
    form.setValue('date', localDate(starts_at, zone))
    form.setValue('start', localTime(starts_at, zone))
    void submit()
  }
  return (
    <Panel
      title="New session"
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without booking</Button>
          <Button variant="primary" type="submit" form="booking" busy={isPending}>
            Book session
          </Button>
        </>
      }
    >
      <form id="booking" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {conflict && <Alternatives conflict={conflict} minutes={form.getValues('minutes') ?? 0} zone={zone} verb="Book" kept="Nothing was booked; what you typed is kept." busy={isPending} onChoose={bookAt} />}
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <FormField control={control} name="client_id">
          {(field) => <ClientField known={client} {...field} />}
        </FormField>
        <TypeField {...fields} />
        <TimeFields {...fields} />
        {forOthers && (
          <FormField control={control} name="clinician_id">
            {(field) => <Select label="Clinician" required placeholder="Choose who sees the client" options={(staff ?? []).filter(({ is_schedulable }) => is_schedulable).map(({ id, name, credentials }) => ({ id, label: name, detail: credentials || undefined }))} {...field} />}
          </FormField>
        )}
        <PlaceFields {...fields} />
        <RepeatFields control={form.control} />
        <MemoField {...fields} />
      </form>
    </Panel>
  )
}

type BookingHook = { zone: string; meId: string; onRefused: (name: keyof BookingValues, message: string) => void } & Pick<BookingPanelProps, 'onClose' | 'onSkipped'>

function useBooking({ zone, meId, onRefused, onClose, onSkipped }: BookingHook) {
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const book = useApiMutation('post', '/api/appointments', {
    invalidates: sessionReads,
    onSuccess: ({ appointment, booked, skipped }: Schema<'BookedOut'>) => {
      onClose()
      const when = formatSession(appointment.starts_at, appointment.ends_at, zone)
      toast({ message: booked > 1 ? `${booked} sessions booked, the first on ${when}` : `Session booked: ${when}` })
      if (skipped.length > 0) onSkipped({ done: booked, skipped, verb: 'booked' })
    },
    onError: (error) => {
      setConflict(conflictOf(error))
      setRefusal(placed(error, onRefused) ? null : error.code === 'double_booked' ? null : error.detail)
    },
  })
  const send = (values: BookingResult) => {
    setConflict(null)
    setRefusal(null)
    book.mutate({ body: toBooking(values, zone, meId) })
  }
  return { conflict, refusal, isPending: book.isPending, send }
}

/** Puts the server's messages beside their fields; whether all had a place. */
function placed(error: ApiError, setError: BookingHook['onRefused']): boolean {
  const given = Object.entries(error.fields)
  for (const [name, messages] of given) {
    const field = fieldNames[name]
    if (field) setError(field, messages.join(' '))
  }
  return given.length > 0 && given.every(([name]) => fieldNames[name] !== undefined)
}
