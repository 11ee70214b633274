import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useState } from 'react'
import { queryClient, useApiMutation } from '@/api/queries'
import { addDays, formatMoment, today, toInstant } from '@/lib/dates'
import { newId } from '@/lib/uuid'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { DateField } from '@/ui/DateField'
import { ErrorState } from '@/ui/ErrorState'
import { IconButton } from '@/ui/IconButton'
import { Section } from '@/ui/Section'
import { SkeletonRows } from '@/ui/Skeleton'
import { TimeField } from '@/ui/TimeField'
import { toast } from '@/ui/toast-queue'
import { listed } from '../alert-words'
import type { OnCall } from '../incident-words'
import { onCallQuery, staffQuery } from '../queries'
import { OperatorSelect } from './OperatorSelect'

const keep = (fresh: OnCall) => queryClient.setQueryData(onCallQuery().queryKey, fresh)

/** Who is on call when: the order, who steps in, and the coming weeks. */
export function OnCallTab({ zone }: { zone: string }) {
  const duty = useQuery(onCallQuery())
  if (duty.error && !duty.data) {
    return (
      <ErrorState title={duty.error.title} onRetry={() => void duty.refetch()}>
        {duty.error.detail}
      </ErrorState>
    )
  }
  if (!duty.data) return <SkeletonRows rows={5} label="Loading who is on call" />
  const { data } = duty
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="flex flex-col gap-4">
        <RotationForm key={data.version ?? 0} duty={data} zone={zone} />
        <StandIns duty={data} zone={zone} />
      </div>
      <Section title="The coming weeks">
        <p className="pb-2 text-13">Called now: {data.now.length > 0 ? listed(data.now) : 'nobody'}.</p>
        <ol className="flex flex-col gap-1.5 text-13">
          {data.ahead.map((shift) => (
            <li key={shift.starts_at}>
              <span className="font-medium">{shift.person ?? 'Every administrator'}</span>
              {shift.is_instead ? ' steps in' : ''}{' '}
              <span className="text-muted">
                until {formatMoment(shift.ends_at, zone)}
              </span>
            </li>
          ))}
        </ol>
      </Section>
    </div>
  )
}

function RotationForm({ duty, zone }: { duty: OnCall; zone: string }) {
  const [people, order] = useState(duty.people)
  const [startsOn, begin] = useState<string | null>(duty.starts_on ?? today(zone))
  const [handsOver, hand] = useState<string | null>(duty.hands_over ?? '09:00')
  const save = useApiMutation('put', '/api/operations/on-call', {
    invalidates: ['/api/operations/incidents/summary'],
    onSuccess: (fresh) => {
      keep(fresh)
      toast({ message: 'Rotation saved' })
    },
  })
  const move = (from: number, by: number) => {
    const next = [...people]
    const [one] = next.splice(from, 1)
    if (one) next.splice(from + by, 0, one)
    order(next)
  }
  const missing = startsOn === null || handsOver === null ? 'Enter the first day and the hour.' : null
  return (
    <Section title="A week each, in this order">
      <div className="flex flex-col gap-4">
        {save.error && <Alert tone="danger">{save.error.detail}</Alert>}
        {people.length === 0 && <p className="text-13 text-muted">Nobody yet: every administrator is called.</p>}
        <ol className="flex flex-col gap-1">
          {people.map((one, place) => (
            <li key={one.id} className="flex items-center gap-1 text-14">
              <span className="min-w-0 flex-1">
                {place + 1}. {one.name}
              </span>
              {place > 0 && <IconButton icon={ArrowUp} size="sm" label={`${one.name} earlier`} onPress={() => move(place, -1)} />}
              {place < people.length - 1 && <IconButton icon={ArrowDown} size="sm" label={`${one.name} later`} onPress={() => move(place, 1)} />}
              <IconButton icon={X} size="sm" label={`Take ${one.name} out`} onPress={() => order(people.filter(({ id }) => id !== one.id))} />
            </li>
          ))}
        </ol>
        <AddPerson taken={people.map(({ id }) => id)} onAdd={(id, name) => order([...people, { id, name }])} />
        <div className="flex flex-wrap gap-3">
          <DateField label="First day of the first week" value={startsOn} onChange={begin} className="w-52" />
          <TimeField label="Handed over at" value={handsOver} onChange={hand} className="w-36" />
        </div>
        <div>
          <Button variant="primary" busy={save.isPending} disabledReason={missing} onPress={() => startsOn && handsOver && save.mutate({ body: { version: duty.version, people: people.map(({ id }) => id), starts_on: startsOn, hands_over: handsOver } })}>
            Save the rotation
          </Button>
        </div>
      </div>
    </Section>
  )
}

function AddPerson({ taken, onAdd }: { taken: readonly string[]; onAdd: (id: string, name: string) => void }) {
  const { data: everybody = [] } = useQuery(staffQuery())
  const add = (id: string | null) => {
    const one = everybody.find((person) => person.id === id)
    if (one && !taken.includes(one.id)) onAdd(one.id, one.name)
  }
  return <OperatorSelect label="Add somebody" value={null} onChange={add} placeholder="Choose an administrator" className="w-64" />
}

function StandIns({ duty, zone }: { duty: OnCall; zone: string }) {
  const [id, another] = useState(newId)
  const [person, choose] = useState<string | null>(null)
  const [from, setFrom] = useState<string | null>(today(zone))
  const [until, setUntil] = useState<string | null>(addDays(today(zone), 1))
  const [fromTime, setFromTime] = useState<string | null>('09:00')
  const [untilTime, setUntilTime] = useState<string | null>('09:00')
  const add = useApiMutation('post', '/api/operations/on-call/overrides', {
    invalidates: ['/api/operations/incidents/summary'],
    onSuccess: (fresh) => {
      keep(fresh)
      another(newId())
      choose(null)
      toast({ message: 'Somebody steps in' })
    },
  })
  const callOff = useApiMutation('delete', '/api/operations/on-call/overrides/{override_id}', { invalidates: ['/api/operations/incidents/summary', '/api/operations/on-call'], onSuccess: keep })
  const ready = person && from && until && fromTime && untilTime ? { id, person, starts_at: toInstant(from, fromTime, zone), ends_at: toInstant(until, untilTime, zone) } : null
  const error = add.error ?? callOff.error
  return (
    <Section title="Somebody steps in">
      <div className="flex flex-col gap-4">
        {error && <Alert tone="danger">{error.fields.ends_at?.[0] ?? error.fields.person?.[0] ?? error.detail}</Alert>}
        <ul className="flex flex-col gap-1 text-13">
          {duty.overrides.map((one) => (
            <li key={one.id} className="flex items-center gap-2">
              <span className="min-w-0 flex-1">
                {one.person}: {formatMoment(one.starts_at, zone)} until {formatMoment(one.ends_at, zone)}
              </span>
              <Button size="sm" busy={callOff.isPending} onPress={() => callOff.mutate({ params: { path: { override_id: one.id } } })}>
                Call off<span className="sr-only">: {one.person}</span>
              </Button>
            </li>
          ))}
        </ul>
        <OperatorSelect label="Who steps in" value={person} onChange={choose} placeholder="Choose an administrator" className="w-64" />
        <div className="flex flex-wrap gap-3">
          <DateField label="From" value={from} onChange={setFrom} className="w-44" />
          <TimeField label="At" value={fromTime} onChange={setFromTime} className="w-32" />
          <DateField label="Until" value={until} onChange={setUntil} className="w-44" />
          <TimeField label="At (end)" value={untilTime} onChange={setUntilTime} className="w-32" />
        </div>
        <div>
          <Button busy={add.isPending} disabledReason={ready ? null : 'Choose who, from when and until when.'} onPress={() => ready && add.mutate({ body: ready })}>
            Let them step in
          </Button>
        </div>
      </div>
    </Section>
  )
}
