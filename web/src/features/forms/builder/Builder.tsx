import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ApiError } from '@/api/errors'
import { useApiMutation } from '@/api/queries'
import { paths } from '@/lib/paths'
import { useAskBeforeUnload, useUnsavedBlocker } from '@/lib/use-unsaved'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Link } from '@/ui/Link'
import { PageHeader } from '@/ui/PageHeader'
import { Select } from '@/ui/Select'
import { StatusBadge } from '@/ui/StatusBadge'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { templateReads } from '../queries'
import { categoryOptions, stages, type Template } from '../words'
import { FieldList } from './FieldList'
import { Preview } from './Preview'
import { ScoresEditor } from './ScoresEditor'

const valuesOf = ({ title, description, category, definition }: Template) => ({ title, description, category, definition })

/** A draft as it is built: its questions on one side, the form as it will be filled on the other. */
export function Builder({ template }: { template: Template }) {
  const navigate = useNavigate()
  const [values, setValues] = useState(() => valuesOf(template))
  const [saved, setSaved] = useState({ version: template.version, values })
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const [asking, ask] = useState<'publish' | 'discard' | null>(null)
  const isDirty = values !== saved.values
  const params = { path: { form_template_id: template.id } }
  const onError = (error: ApiError) => {
    setRefusal(error)
    ask(null)
  }
  const save = useApiMutation('put', '/api/form-templates/{form_template_id}', { invalidates: ['/api/form-templates'], onError })
  const publish = useApiMutation('post', '/api/form-templates/{form_template_id}/publication', { invalidates: [...templateReads], onError, onSuccess: () => toast({ message: 'Form published. It can be given from now on.' }) })
  const discard = useApiMutation('put', '/api/form-templates/{form_template_id}/retirement', { invalidates: [...templateReads], onError, onSuccess: () => navigate(paths.formsTab('templates')) })
  const change = (some: Partial<typeof values>) => setValues((before) => ({ ...before, ...some }))
  const store = async (): Promise<number | null> => {
    if (!isDirty) return saved.version
    const sent = values
    setRefusal(null)
    const stored = await save.mutateAsync({ params, body: { ...sent, version: saved.version } }).catch(() => null)
    if (stored) setSaved({ version: stored.version, values: sent })
    return stored?.version ?? null
  }
  const putOut = async () => {
    const version = await store()
    if (version !== null) publish.mutate({ params, body: { version } })
  }
  const blocker = useUnsavedBlocker(() => isDirty && !discard.isSuccess)
  useAskBeforeUnload(isDirty)
  const problems = refusal?.fields ?? {}
  return (
    <>
      <PageHeader
        title={template.title}
        subtitle={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link href={paths.formsTab('templates')}>The practice’s forms</Link>
            <StatusBadge {...stages.draft} />
            <span>Version {template.number}</span>
            <span role="status" className="text-13">
              {isDirty ? 'Not saved yet' : 'Saved'}
            </span>
          </div>
        }
        actions={
          <>
            <Button variant="quiet" onPress={() => ask('discard')}>
              Discard draft
            </Button>
            <Button busy={save.isPending} onPress={() => void store()}>
              Save draft
            </Button>
            <Button variant="primary" disabledReason={values.definition.fields.some(({ kind }) => kind !== 'heading') ? null : 'Add a question first.'} onPress={() => ask('publish')}>
              Publish form
            </Button>
          </>
        }
      />
      {refusal && (
        <Alert tone="danger" className="mb-4">
          {Object.keys(problems).length > 0 ? 'Not saved: look at the marked questions.' : refusal.detail}
        </Alert>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
        <div className="flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
            <TextField label="Name" required value={values.title} maxLength={200} autoComplete="off" onChange={(title) => change({ title })} error={problems.title?.[0]} />
            <Select label="Category" options={categoryOptions} value={values.category} onChange={(category) => change({ category })} />
          </div>
          <TextArea label="Description" rows={2} value={values.description} maxLength={1000} hint="For colleagues: what it is for." onChange={(description) => change({ description })} />
          <FieldList form={values.definition} problems={problems} onChange={(definition) => change({ definition })} />
          {values.definition.scores.length > 0 && <ScoresEditor scores={values.definition.scores} problems={problems} onChange={(scores) => change({ definition: { ...values.definition, scores } })} />}
        </div>
        <div className="lg:sticky lg:top-20">
          <Preview form={values.definition} />
        </div>
      </div>
      <ConfirmDialog title="Publish this form?" open={asking === 'publish'} onClose={() => ask(null)} action="Publish form" busy={save.isPending || publish.isPending} onConfirm={() => void putOut()}>
        From then on this version never changes, and is the one that is given. A version before it is retired; who was given that one goes on with it.
      </ConfirmDialog>
      <ConfirmDialog title="Discard this draft?" open={asking === 'discard'} onClose={() => ask(null)} action="Discard draft" danger busy={discard.isPending} onConfirm={() => discard.mutate({ params })}>
        It moves to the retired versions and is given to nobody.
      </ConfirmDialog>
      <ConfirmDialog title="Leave without saving?" open={blocker.state === 'blocked'} onClose={() => blocker.state === 'blocked' && blocker.reset()} action="Leave" danger onConfirm={() => blocker.state === 'blocked' && blocker.proceed()}>
        What was changed since the last save would be lost.
      </ConfirmDialog>
    </>
  )
}
