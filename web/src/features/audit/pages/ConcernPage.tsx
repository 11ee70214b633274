import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useApiMutation } from '@/api/queries'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Card } from '@/ui/Card'
import { PageHeader } from '@/ui/PageHeader'
import { RadioGroup } from '@/ui/RadioGroup'
import { TextArea } from '@/ui/TextArea'
import { toast } from '@/ui/toast-queue'
import type { Severity } from '../queries'

const options: { id: Severity; label: string; detail: string }[] = [
  { id: 'low', label: 'Worth knowing', detail: 'Nothing was lost; it should not happen again.' },
  { id: 'medium', label: 'Should be looked into', detail: 'Papers left lying about, a screen left open.' },
  { id: 'high', label: 'Serious', detail: 'Somebody saw what they should not, or something was sent to the wrong person.' },
  { id: 'critical', label: 'It is happening now', detail: 'A device was stolen, an account is used by somebody else.' },
]

/** Everybody who works here tells the administrators of what they noticed. */
export function Component() {
  const navigate = useNavigate()
  const [severity, setSeverity] = useState<Severity>('medium')
  const [description, setDescription] = useState('')
  const report = useApiMutation('post', '/api/security/incidents', {
    invalidates: ['/api/security/incidents'],
    onSuccess: () => {
      toast({ message: 'Reported. The administrators are told.' })
      void navigate(paths.today())
    },
  })
  return (
    <div className="mx-auto w-full max-w-xl">
      <PageHeader title="Report a concern" subtitle="Something lost, seen by the wrong eyes, or just odd. Only administrators read this." />
      <Card>
        <form
          noValidate
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault()
            report.mutate({ body: { severity, description: description.trim(), person: null } })
          }}
        >
          {report.error && <Alert tone="danger">{report.error.detail}</Alert>}
          <TextArea label="What happened" required rows={5} maxLength={1000} value={description} onChange={setDescription} error={report.error?.fields.description?.[0]} hint="When, where, and what you did about it. A client’s record number is better than a name." />
          <RadioGroup label="How serious is it?" options={options} value={severity} onChange={(next) => setSeverity(next)} />
          <Button variant="primary" type="submit" busy={report.isPending} className="self-start" disabledReason={description.trim().length < 3 ? 'Say what happened first.' : null}>
            Report concern
          </Button>
        </form>
      </Card>
    </div>
  )
}
