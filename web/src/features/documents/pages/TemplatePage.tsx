import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams, type LoaderFunctionArgs } from 'react-router'
import { meQuery, useMe } from '@/api/me'
import { prefetch, queryClient } from '@/api/queries'
import { paths } from '@/lib/paths'
import { useDebounced } from '@/lib/debounce'
import { Alert } from '@/ui/Alert'
import { LinkButton } from '@/ui/LinkButton'
import { PageHeader } from '@/ui/PageHeader'
import { keepsTemplates } from '../can'
import { TemplateForm } from '../forms/TemplateForm'
import { Paper } from '../parts/Paper'
import { previewQuery, templateQuery, type Template } from '../templates'
import { useTemplateDraft } from '../use-template-draft'
import { NotYours } from './TemplatesPage'

const NEW = 'new'

export async function loader({ params }: LoaderFunctionArgs) {
  const me = await queryClient.query({ ...meQuery(), staleTime: 'static' })
  return keepsTemplates(me) && params.templateId !== NEW ? prefetch(templateQuery(params.templateId ?? '')) : null
}

export function Component() {
  const { templateId = NEW } = useParams()
  if (!keepsTemplates(useMe())) return <NotYours />
  return templateId === NEW ? <Writing key={NEW} template={null} /> : <Existing key={templateId} templateId={templateId} />
}

function Existing({ templateId }: { templateId: string }) {
  return <Writing template={useSuspenseQuery(templateQuery(templateId)).data} />
}

/** The text at the left, as it will be printed at the right. */
function Writing({ template }: { template: Template | null }) {
  const draft = useTemplateDraft(template)
  const body = useDebounced(draft.text.body, 400)
  const preview = useQuery(previewQuery(body))
  const problems = preview.error?.fields.body ?? []
  return (
    <>
      <PageHeader
        title={template ? template.title : 'New template'}
        subtitle={template ? `Version ${template.version}, last changed by ${template.updated_by}. Documents made of earlier versions keep their words.` : 'A text with places to fill.'}
        actions={<LinkButton href={paths.documentTemplates()}>All templates</LinkButton>}
      />
      {template && !template.is_active && <Alert className="mb-4">This template is archived: it is not offered until it is restored.</Alert>}
      <div className="grid grid-cols-2 gap-6 max-lg:grid-cols-1">
        <TemplateForm draft={draft} problems={problems} />
        <div className="flex min-w-0 flex-col gap-2">
          <h2 className="text-13 font-medium">With example values</h2>
          {preview.error && problems.length === 0 && <Alert tone="danger">{preview.error.detail}</Alert>}
          {problems.length > 0 ? <p className="text-14 text-muted">Shown again once the text is right.</p> : <Paper label="Preview" blocks={body.trim() === '' ? [] : (preview.data ?? [])} />}
        </div>
      </div>
    </>
  )
}
