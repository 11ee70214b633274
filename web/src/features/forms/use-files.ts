import { useCallback, useMemo, useState } from 'react'
import { http } from '@/api/client'
import { asApiError, type ApiError } from '@/api/errors'
import { toast } from '@/ui/toast-queue'
import { sendForm, type Files, type Send } from './files'
import type { Form, FormFile } from './words'

/** The files of a form while it is filled, and how many are on their way. */
export function useFiles({ files: known, uploading }: Pick<Form, 'files' | 'uploading'>, sendOne: Send, /** Told why one was not taken. */ onRefused: (error: ApiError) => void): [Files, number] {
  const [coming, setComing] = useState(0)
  const onWay = useCallback((by: 1 | -1) => setComing((number) => number + by), [])
  const send = useCallback<Send>(
    (...what) =>
      sendOne(...what).catch((thrown: unknown) => {
        const error = asApiError(thrown)
        onRefused(error)
        throw error
      }),
    [sendOne, onRefused],
  )
  const files = useMemo(() => ({ known, uploading, send, onWay }), [known, uploading, send, onWay])
  return [files, coming]
}

/** As one of the staff. */
export const sendToForm =
  (form_id: string): Send =>
  async (field, file, onProgress, signal) =>
    (await sendForm(`/api/forms/${form_id}/files`, { field, file }, onProgress, signal)) as FormFile

/** Shows a file in another tab where a browser does that safely, else saves it. */
export async function openFile(form_id: string, file: FormFile): Promise<void> {
  try {
    const { data } = await http.POST('/api/forms/{form_id}/files/{form_file_id}/link', { params: { path: { form_id, form_file_id: file.id } }, body: { show: file.is_shown } })
    const link = document.createElement('a')
    link.href = data?.url ?? ''
    if (file.is_shown) Object.assign(link, { target: '_blank', rel: 'noopener' })
    else link.download = file.file_name
    link.click()
  } catch (thrown) {
    toast({ message: asApiError(thrown).detail, tone: 'danger' })
  }
}
