import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { useMe } from '@/api/me'
import { useApiMutation } from '@/api/queries'
import { today } from '@/lib/dates'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { DateField } from '@/ui/DateField'
import { FormField } from '@/ui/FormField'
import { Panel } from '@/ui/Panel'
import { Select } from '@/ui/Select'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { permissions, relations, type Guardian } from '../authority'
import { showRefusal } from './refusal'

const text = (most: number) => z.string().trim().max(most, `At most ${most} characters.`)
const kinds = ['parent', 'foster_parent', 'custodial_grandparent', 'legal_guardian', 'health_care_proxy'] as const
const shape = z.object({
  name: text(150).min(1, 'Enter their name.'),
  relationship: z.enum(kinds).nullable().pipe(z.enum(kinds, 'Choose what they are to the client.')),
  phone: text(30),
  email: text(254),
  account_email: text(254),
  start_date: z.string().nullable().pipe(z.string('Enter the day it begins.')),
  end_date: z.string().nullable(),
  ends_at_majority: z.boolean(),
  court_document: text(300),
  can_view_record: z.boolean(),
  can_schedule: z.boolean(),
  can_message: z.boolean(),
  can_sign: z.boolean(),
  can_pay: z.boolean(),
})
type Values = z.input<typeof shape>

const blank = (start_date: string): Values => ({
  ...{ name: '', relationship: null, phone: '', email: '', account_email: '', start_date, end_date: null, ends_at_majority: true, court_document: '' },
  ...{ can_view_record: false, can_schedule: true, can_message: true, can_sign: false, can_pay: true },
})
const names = Object.keys(blank('')) as (keyof Values)[]

/** Enters who acts for the client, or changes what they may do. It counts once somebody verifies it. */
export function GuardianPanel({ clientId, guardian, onClose }: { clientId: string; guardian: Guardian | null; onClose: () => void }) {
  const { timezone } = useMe().practice
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(shape), defaultValues: guardian ?? blank(today(timezone)) })
  const endsAtMajority = useWatch({ control: form.control, name: 'ends_at_majority' })
  const done = (message: string) => () => {
    toast({ message })
    onClose()
  }
  const invalidates = ['/api/clients/{client_id}/authority'] as const
  const onError = showRefusal(form, names, setRefusal)
  const add = useApiMutation('post', '/api/clients/{client_id}/guardians', { invalidates: [...invalidates], onSuccess: done('Entered. It counts once it is verified.'), onError })
  const change = useApiMutation('put', '/api/clients/{client_id}/guardians/{guardian_id}', { invalidates: [...invalidates], onSuccess: done('Authority changed'), onError })
  const submit = form.handleSubmit(({ name, relationship, start_date, ...body }) => {
    setRefusal(null)
    if (guardian) change.mutate({ params: { path: { client_id: clientId, guardian_id: guardian.id } }, body })
    else add.mutate({ params: { path: { client_id: clientId } }, body: { name, relationship, start_date, ...body } })
  })
  return (
    <Panel
      title={guardian ? `Change what ${guardian.name} may do` : 'Add a guardian or proxy'}
      subtitle="They see nothing until somebody has seen their papers and verified it."
      open
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="guardian" busy={add.isPending || change.isPending}>
            {guardian ? 'Save changes' : 'Add guardian'}
          </Button>
        </>
      }
    >
      <form id="guardian" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        {!guardian && (
          <>
            <FormField control={form.control} name="name">
              {(field) => <TextField label="Name" required autoComplete="off" {...field} />}
            </FormField>
            <FormField control={form.control} name="relationship">
              {(field) => <Select label="What they are to the client" required options={kinds.map((id) => ({ id, label: relations[id] }))} {...field} />}
            </FormField>
          </>
        )}
        <FormField control={form.control} name="phone">
          {(field) => <TextField label="Phone" autoComplete="off" className="max-w-56" {...field} />}
        </FormField>
        <FormField control={form.control} name="email">
          {(field) => <TextField label="E-mail" autoComplete="off" {...field} />}
        </FormField>
        {!guardian?.account_email && (
          <FormField control={form.control} name="account_email">
            {(field) => <TextField label="Signs in to the portal as" autoComplete="off" hint="The address of their account, if they have one. Adding it later asks for a new verification." {...field} />}
          </FormField>
        )}
        <fieldset className="flex flex-col">
          <legend className="pb-1 font-medium">They may</legend>
          {permissions.map(({ id, label }) => (
            <Controller key={id} control={form.control} name={id} render={({ field: { value, onChange } }) => <Checkbox checked={value} onChange={onChange}>{label}</Checkbox>} />
          ))}
          {form.formState.errors.can_view_record && (
            <p role="alert" className="text-13 text-danger-text">
              {form.formState.errors.can_view_record.message}
            </p>
          )}
        </fieldset>
        <div className="flex flex-wrap gap-4">
          {!guardian && (
            <FormField control={form.control} name="start_date">
              {(field) => <DateField label="From" required className="w-40" {...field} />}
            </FormField>
          )}
          <FormField control={form.control} name="end_date">
            {(field) => <DateField label="Until" hint="The first day it no longer holds." className="w-40" {...field} />}
          </FormField>
        </div>
        <div>
          <Controller control={form.control} name="ends_at_majority" render={({ field: { value, onChange } }) => <Checkbox checked={value} onChange={onChange}>Ends by itself when the client comes of age</Checkbox>} />
          {form.formState.errors.ends_at_majority && (
            <p role="alert" className="text-13 text-danger-text">
              {form.formState.errors.ends_at_majority.message}
            </p>
          )}
        </div>
        <FormField control={form.control} name="court_document">
          {(field) => <TextField label="Document" required={!endsAtMajority} autoComplete="off" hint="Court order or signed proxy: which, of whom, from when." {...field} />}
        </FormField>
      </form>
    </Panel>
  )
}
