import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast-queue'
import { keepPerson, peopleReads, type Person } from '../queries'
import { detailNames, personShape, showRefusal, valuesOf, type PersonResult, type PersonValues } from './person-values'
import { PersonFields } from './PersonFields'

type DetailsPanelProps = { person: Person; open: boolean; onClose: () => void }

export function DetailsPanel({ person, open, onClose }: DetailsPanelProps) {
  const [refusal, setRefusal] = useState<string | null>(null)
  const form = useForm<PersonValues, unknown, PersonResult>({ resolver: zodResolver(personShape), values: valuesOf(person), resetOptions: { keepDirtyValues: true } })
  const change = useApiMutation('patch', '/api/users/{user_id}', {
    invalidates: [...peopleReads],
    onSuccess: (changed) => {
      keepPerson(changed)
      form.reset(valuesOf(changed))
      toast({ message: 'Details saved' })
      onClose()
    },
    onError: (error) => setRefusal(showRefusal(error, detailNames, form.setError)),
  })
  const submit = form.handleSubmit((body) => {
    setRefusal(null)
    change.mutate({ params: { path: { user_id: person.id } }, body })
  })
  const isNew = person.status === 'no_account' || person.status === 'invited'
  return (
    <Panel
      title="Edit details"
      subtitle={person.name}
      open={open}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Close without saving</Button>
          <Button variant="primary" type="submit" form="person" busy={change.isPending}>
            Save details
          </Button>
        </>
      }
    >
      <form id="person" noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal}</Alert>}
        <PersonFields control={form.control} emailStays={isNew ? null : 'They sign in with it, so it stays.'} />
      </form>
    </Panel>
  )
}
