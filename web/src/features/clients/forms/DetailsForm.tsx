import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useBlocker } from 'react-router'
import type { ApiError } from '@/api/errors'
import { queryClient, useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { toast } from '@/ui/toast-queue'
import { clientQuery, keepClient } from '../queries'
import { ClientFields } from './ClientFields'
import { clientShape, fieldNames, showRefusal, toClient, valuesOf, type ClientResult, type ClientValues, type FieldName } from './client-values'
import { merge, type Merged } from './merge'
import { MergeAlert } from './MergeAlert'

type Client = Schema<'ClientOut'>
type DetailsFormProps = { client: Client; onDone: () => void }

/** Changes a client's details. When somebody else saved in between, nothing entered is lost: see `merge`. */
export function DetailsForm({ client, onDone }: DetailsFormProps) {
  const [opened, setOpened] = useState(client)
  const [merged, setMerged] = useState<Merged | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<ClientValues, unknown, ClientResult>({ resolver: zodResolver(clientShape), defaultValues: valuesOf(client) })
  const { isDirty } = form.formState

  /** Makes what is saved now the ground to build on, with what stays of one's own entries on top. */
  const buildOn = (theirs: Client, values: ClientValues) => {
    setOpened(theirs)
    form.reset(valuesOf(theirs))
    for (const name of fieldNames) form.setValue(name, values[name], { shouldDirty: true })
  }
  const comeTogether = async () => {
    const theirs = await queryClient.query({ ...clientQuery(client.id), staleTime: 0 })
    const result = merge(valuesOf(opened), form.getValues(), valuesOf(theirs))
    buildOn(theirs, result.values)
    setMerged(result)
  }
  const refuse = (error: ApiError): unknown => {
    if (error.code === 'client_changed_elsewhere') return comeTogether().catch(() => setRefusal(error.detail))
    setRefusal(showRefusal(error, form.setError))
    return undefined
  }
  const change = useApiMutation('put', '/api/clients/{client_id}', {
    invalidates: ['/api/clients'],
    onSuccess: (saved) => {
      form.reset(valuesOf(saved))
      keepClient(saved)
      toast({ message: 'Details saved' })
      onDone()
    },
    onError: refuse,
  })
  const submit = form.handleSubmit((values) => {
    setRefusal(null)
    setMerged(null)
    change.mutate({ params: { path: { client_id: client.id } }, body: { ...toClient(values), version: opened.version } })
  })
  const settle = (name: FieldName, value: string | null) => {
    form.setValue(name, value, { shouldDirty: true })
    setMerged((before) => before && { ...before, clashes: before.clashes.filter((clash) => clash.name !== name) })
  }
  const startOver = () => {
    form.reset(valuesOf(opened))
    setMerged(null)
  }
  return (
    <form noValidate className="flex flex-col gap-5" aria-label="Client details" onSubmit={(event) => void submit(event)}>
      {merged && <MergeAlert merged={merged} onChoose={settle} onStartOver={startOver} />}
      {refusal && <Alert tone="danger">{refusal}</Alert>}
      <ClientFields control={form.control} />
      <div className="sticky bottom-0 -mx-4 flex justify-end gap-2 border-t border-line bg-raised px-4 py-3 phone:bottom-14">
        <Button onPress={onDone}>{isDirty ? 'Discard changes' : 'Close'}</Button>
        <Button variant="primary" type="submit" busy={change.isPending}>
          {merged && merged.clashes.length > 0 ? 'Save mine' : 'Save details'}
        </Button>
      </div>
      <LeaveGuard active={isDirty} />
    </form>
  )
}

/** Entries that were not saved are gone once one leaves the page: the one question this form asks. */
function LeaveGuard({ active }: { active: boolean }) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => active && currentLocation.pathname + currentLocation.search !== nextLocation.pathname + nextLocation.search)
  return (
    <ConfirmDialog title="Leave without saving?" open={blocker.state === 'blocked'} action="Leave and discard" keep="Keep editing" danger onConfirm={() => blocker.proceed?.()} onClose={() => blocker.reset?.()}>
      What you changed in these details is not saved yet.
    </ConfirmDialog>
  )
}
