import { useMutation } from '@tanstack/react-query'
import { Download, PenLine } from 'lucide-react'
import { useId, useState, type FormEvent } from 'react'
import { confirmPassword } from '@/api/auth'
import type { ApiError } from '@/api/errors'
import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { Checkbox } from '@/ui/Checkbox'
import { Dialog } from '@/ui/Dialog'
import { TextField } from '@/ui/TextField'
import { toast } from '@/ui/toast-queue'
import { FileView } from '../parts/FileView'
import { SignaturePad } from '../parts/SignaturePad'
import { linkTo } from '../queries'
import { touched, type Drawing, type Place, type SignatureRequest } from '../signing'
import { useLooking } from '../use-looking'
import { DeclineForm } from './DeclineForm'

type SignDocumentProps = { request: SignatureRequest; place: Place; onClose: () => void }

/** The document, what signing it means, and who signs; or no, and why. */
export function SignDocument({ request, place, onClose }: SignDocumentProps) {
  const formId = useId()
  const [isDeclining, setDeclining] = useState(false)
  const [consents, setConsents] = useState(false)
  const [intends, setIntends] = useState(false)
  const [name, setName] = useState('')
  const [drawing, setDrawing] = useState<Drawing>([])
  const [password, setPassword] = useState('')
  const { save } = useLooking(linkTo)
  const sign = useSign(request)
  const whyNot = !consents || !intends ? 'Read and tick both sentences first.' : name.trim() === '' ? 'Type your name first.' : password === '' ? 'Enter your password first.' : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (whyNot !== null || sign.isPending) return
    sign.mutate({ name, drawing, password }, { onSuccess: onClose, onSettled: () => setPassword('') })
  }
  if (isDeclining) return <DeclineForm request={request} onBack={() => setDeclining(false)} onClose={onClose} />
  const wrong = sign.error && isPasswordMatter(sign.error) ? sign.error.detail : undefined
  const fields = sign.error?.fields ?? {}
  const isMarked = wrong !== undefined || fields.name !== undefined || fields.drawing !== undefined
  const file = { id: request.document_id, title: request.title, mime_type: 'application/pdf', is_shown: true, file_name: `${request.title}.pdf`, tags: [], version_number: 1, state: 'kept' as const, status: 'active' as const }
  return (
    <Dialog
      title={request.title}
      open
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onPress={() => setDeclining(true)} className="mr-auto">
            Decline to sign
          </Button>
          <Button onPress={onClose}>Not now</Button>
          <Button type="submit" form={formId} variant="primary" icon={PenLine} busy={sign.isPending} disabledReason={whyNot}>
            Sign document
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {sign.error && !isMarked && <Alert tone="danger">{sign.error.detail}</Alert>}
        <p className="text-14">
          {request.created_by} asks you to sign this as {place.role.toLowerCase()}, in the chart of {request.client_name}.
        </p>
        {request.message !== '' && <blockquote className="border-l-2 border-accent pl-3 text-14 [overflow-wrap:anywhere]">{request.message}</blockquote>}
        <div className="flex flex-col items-start gap-2">
          <FileView file={file} linkTo={linkTo} className="h-[44vh] w-full phone:h-[38vh]" />
          <Button size="sm" icon={Download} onPress={() => save(file)}>
            Download to read it all
          </Button>
        </div>
        <Checkbox checked={consents} onChange={setConsents}>
          {request.consent}
        </Checkbox>
        <Checkbox checked={intends} onChange={setIntends}>
          {request.intent}
        </Checkbox>
        <TextField label="Your name" required hint={`As it stands here: ${place.name}`} value={name} onChange={setName} maxLength={200} autoComplete="name" error={fields.name?.[0]} className="max-w-sm" />
        <SignaturePad drawing={drawing} onChange={setDrawing} error={fields.drawing?.[0]} />
        <div className="sticky -bottom-3 -mx-5 -mb-3 border-t border-line bg-raised px-5 py-3">
          <TextField label="Your password" required type="password" name="password" autoComplete="current-password" value={password} onChange={setPassword} error={wrong} className="max-w-sm" />
        </div>
      </form>
    </Dialog>
  )
}

const isPasswordMatter = ({ code, fields }: ApiError) => code === 'incorrect_password' || code === 'enter_current_password' || code === 'reauthentication_required' || fields.password !== undefined

type Given = { name: string; drawing: Drawing; password: string }

/** Proves the person, and signs exactly the file that was shown. */
function useSign(request: SignatureRequest) {
  const give = useApiMutation('post', '/api/signature-requests/{request_id}/signature', { invalidates: touched })
  return useMutation({
    mutationFn: async ({ name, drawing, password }: Given) => {
      await confirmPassword(password)
      const drawn = drawing.length > 0 ? drawing.map((stroke) => [...stroke]) : null
      await give.mutateAsync({ params: { path: { request_id: request.id } }, body: { name, drawing: drawn, document_sha256: request.document_sha256, consents: true, intends: true } })
    },
    onSuccess: () => toast({ message: `${request.title} signed` }),
  })
}
