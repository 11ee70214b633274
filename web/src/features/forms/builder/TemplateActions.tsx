import { Archive, FilePen } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useApiMutation } from '@/api/queries'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { toast } from '@/ui/toast-queue'
import { templateReads } from '../queries'
import type { Template } from '../words'

/** What an administrator does with a version that does not change any more. */
export function TemplateActions({ template }: { template: Template }) {
  const navigate = useNavigate()
  const [isAsking, ask] = useState(false)
  const params = { path: { form_template_id: template.id } }
  const next = useApiMutation('post', '/api/form-templates/{form_template_id}/next', { invalidates: [...templateReads], onSuccess: ({ id }) => navigate(paths.formTemplate(id)) })
  const retire = useApiMutation('put', '/api/form-templates/{form_template_id}/retirement', {
    invalidates: [...templateReads],
    onSuccess: () => {
      ask(false)
      toast({ message: 'Form retired. Who was given it can go on.' })
    },
  })
  return (
    <>
      {next.error && <Alert tone="danger">{next.error.detail}</Alert>}
      {template.status === 'published' && (
        <Button icon={Archive} onPress={() => ask(true)}>
          Retire form
        </Button>
      )}
      <Button variant="primary" icon={FilePen} busy={next.isPending} onPress={() => next.mutate({ params })}>
        Change in next version
      </Button>
      <ConfirmDialog title="Retire this form?" open={isAsking} onClose={() => ask(false)} action="Retire form" danger busy={retire.isPending} error={retire.error?.detail} onConfirm={() => retire.mutate({ params })}>
        Nobody is given “{template.title}” any more. Who was given it can fill it to the end, and what was answered stays.
      </ConfirmDialog>
    </>
  )
}
