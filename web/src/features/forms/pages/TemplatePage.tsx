import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams, type LoaderFunctionArgs } from 'react-router'
import { useMe } from '@/api/me'
import { prefetch } from '@/api/queries'
import { paths } from '@/lib/paths'
import { Link } from '@/ui/Link'
import { PageHeader } from '@/ui/PageHeader'
import { StatusBadge } from '@/ui/StatusBadge'
import { Builder } from '../builder/Builder'
import { Preview } from '../builder/Preview'
import { TemplateActions } from '../builder/TemplateActions'
import { keepsForms } from '../can'
import { templateQuery } from '../queries'
import { categories, stages } from '../words'

export const loader = ({ params }: LoaderFunctionArgs) => prefetch(templateQuery(params.templateId ?? ''))

/** One version of a form: a draft is built here, what is published or retired is looked at. */
export function Component() {
  const { templateId = '' } = useParams()
  const { data: template } = useSuspenseQuery(templateQuery(templateId))
  const keeps = keepsForms(useMe())
  if (keeps && template.status === 'draft') return <Builder key={template.id} template={template} />
  return (
    <>
      <PageHeader
        title={template.title}
        subtitle={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link href={paths.formsTab('templates')}>The practice’s forms</Link>
            <StatusBadge {...stages[template.status]} />
            <span>
              Version {template.number}, {categories[template.category].toLowerCase()}
            </span>
          </div>
        }
        actions={keeps && <TemplateActions template={template} />}
      />
      {template.description && <p className="max-w-prose pb-4 text-14">{template.description}</p>}
      <Preview form={template.definition} />
    </>
  )
}
