import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApiMutation } from '@/api/queries'
import type { Schema } from '@/api/schema'
import { paths } from '@/lib/paths'
import { useAskBeforeUnload, useUnsavedBlocker } from '@/lib/use-unsaved'
import { toast } from '@/ui/toast-queue'
import type { Template } from './templates'

type Text = Schema<'TemplateIn'> & { category: Template['category'] }

const BLANK: Text = { title: '', category: 'consent', body: '' }

const textOf = ({ title, category, body }: Template): Text => ({ title, category, body })

/** A template as it is written: what is there, what was changed, and saving it. What was not saved is asked about. */
export function useTemplateDraft(template: Template | null) {
  const [stored, setStored] = useState(template)
  const [text, setText] = useState<Text>(template ? textOf(template) : BLANK)
  const isLeaving = useRef(false)
  const navigate = useNavigate()
  const invalidates = ['/api/document-templates', '/api/document-templates/{template_id}'] as const
  const add = useApiMutation('post', '/api/document-templates', {
    invalidates: [...invalidates],
    onSuccess: () => {
      toast({ message: 'Template saved' })
      isLeaving.current = true
      void navigate(paths.documentTemplates())
    },
  })
  const change = useApiMutation('put', '/api/document-templates/{template_id}', {
    invalidates: [...invalidates],
    onSuccess: (answer) => {
      setStored(answer)
      setText(textOf(answer))
      toast({ message: `Template saved as version ${answer.version}` })
    },
  })
  const before = stored ? textOf(stored) : BLANK
  const isDirty = (Object.keys(before) as (keyof Text)[]).some((name) => before[name] !== text[name])
  const blocker = useUnsavedBlocker(() => isDirty && !isLeaving.current)
  useAskBeforeUnload(isDirty)
  const save = () => (stored ? change.mutate({ params: { path: { template_id: stored.id } }, body: { ...text, version: stored.version } }) : add.mutate({ body: text }))
  return { text, write: (part: Partial<Text>) => setText((now) => ({ ...now, ...part })), save, isDirty, isSaving: add.isPending || change.isPending, error: add.error ?? change.error, blocker }
}

export type TemplateDraft = ReturnType<typeof useTemplateDraft>
