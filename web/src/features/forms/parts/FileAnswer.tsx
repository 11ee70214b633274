import { paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { Link } from '@/ui/Link'
import { sizeOf } from '../files'
import { openFile } from '../use-files'
import type { Form, FormFile } from '../words'

/** Files as they were sent: opened here until the form is accepted, and from then on in the chart's documents. */
export function FileAnswer({ form, value }: { form: Pick<Form, 'id' | 'client_id' | 'files'>; value: unknown }) {
  const ids = Array.isArray(value) ? value : []
  return (
    <ul className="flex flex-col gap-1">
      {ids.map((id) => {
        const file = form.files.find((each) => each.id === id)
        return <li key={String(id)}>{file ? <OneFile form={form} file={file} /> : <span className="text-muted">A file that is no longer there</span>}</li>
      })}
    </ul>
  )
}

function OneFile({ form, file }: { form: Pick<Form, 'id' | 'client_id'>; file: FormFile }) {
  const said = `${file.file_name}, ${sizeOf(file.file_size_bytes)}`
  if (file.document_id) {
    return (
      <>
        {said}: <Link href={paths.clientTab(form.client_id, 'documents')}>in the chart’s documents</Link>
      </>
    )
  }
  if (file.state !== 'kept') return <span className="text-muted">{said}: {troubles[file.state]}</span>
  return (
    <>
      <span className="hidden print:inline">{said}</span>
      <Button size="sm" className="print:hidden" onPress={() => void openFile(form.id, file)}>
        Open {said}
      </Button>
    </>
  )
}

const troubles = { quarantined: 'in quarantine', missing: 'missing in the store', removed: 'removed' } as const
