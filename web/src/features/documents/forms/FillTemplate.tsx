import { useQuery } from '@tanstack/react-query'
import { FilePlus2 } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation } from '@/api/queries'
import { useDebounced } from '@/lib/debounce'
import { newId } from '@/lib/uuid'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { ErrorState } from '@/ui/ErrorState'
import { SkeletonRows } from '@/ui/Skeleton'
import { TextArea } from '@/ui/TextArea'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { Paper } from '../parts/Paper'
import { fillQuery, refreshTemplates, type Answers, type TemplateRow } from '../templates'

type FillTemplateProps = { clientId: string; template: TemplateRow; onBack: () => void; onClose: () => void }

/** What the chart does not tell is asked for; the text is shown as it will be printed, and kept when it is right. */
export function FillTemplate({ clientId, template, onBack, onClose }: FillTemplateProps) {
  const [title, setTitle] = useState(template.title)
  const [answers, setAnswers] = useState<Answers>({})
  const [id, setId] = useState(newId)
  const settled = useDebounced(answers, 300)
  const filled = useQuery(fillQuery(clientId, template.id, settled))
  const make = useApiMutation('post', '/api/clients/{client_id}/documents/from-template', {
    invalidates: ['/api/clients/{client_id}/documents'],
    onSuccess: (document) => {
      toast({ message: `${document.title} added` })
      onClose()
    },
    onError: ({ code }) => {
      if (code === 'template_changed_since') void Promise.all([filled.refetch(), refreshTemplates()])
    },
  })
  const questions = filled.data?.questions ?? []
  const open = questions.filter(({ key }) => !answers[key]?.trim())
  const whyNot = filled.data === undefined ? 'The text is not there yet.' : title.trim() === '' ? 'Give the document a name.' : open.length > 0 ? 'Something is still missing; nothing is printed with a gap.' : settled === answers ? null : 'The text is being filled.'
  /** Sent again as it was it is one document; changed, it is another. */
  const changed = (change: () => void) => {
    change()
    setId(newId())
  }
  const keep = () => {
    if (whyNot !== null || !filled.data) return
    make.mutate({ params: { path: { client_id: clientId } }, body: { id, template_id: template.id, template_version: filled.data.template_version, title, answers } })
  }
  return (
    <Dialog
      title={template.title}
      open
      onClose={onClose}
      size="lg"
      footer={
        <>
          <Button onPress={onBack}>Choose another</Button>
          <Button variant="primary" icon={FilePlus2} busy={make.isPending} disabledReason={whyNot} onPress={keep}>
            Add to chart
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {make.error && <Alert tone="danger">{make.error.detail}</Alert>}
        <TextField label="Name" required value={title} onChange={(next) => changed(() => setTitle(next))} maxLength={200} autoComplete="off" />
        {questions.map(({ key, label }) => (
          <TextArea key={key} label={label} required rows={1} value={answers[key] ?? ''} maxLength={2000} error={make.error?.fields[key]?.[0]} onChange={(said) => changed(() => setAnswers((before) => ({ ...before, [key]: said })))} />
        ))}
        {filled.error ? (
          <ErrorState title={filled.error.title} onRetry={() => void filled.refetch()}>
            {filled.error.detail}
          </ErrorState>
        ) : filled.data ? (
          <Paper label="As it will be printed" blocks={filled.data.blocks} />
        ) : (
          <SkeletonRows rows={5} label="Filling the template" />
        )}
      </div>
    </Dialog>
  )
}
