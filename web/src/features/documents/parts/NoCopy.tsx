import { RotateCw } from 'lucide-react'
import { useApiMutation } from '@/api/queries'
import { formatMoment } from '@/lib/dates'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { toast } from '@/ui/toast-queue'
import { touched, type SignatureRequest } from '../signing'

/** Everybody has signed, and the copy with the signatures could not be made: what to do about it. */
export function NoCopy({ request, zone, whyNot }: { request: SignatureRequest; zone: string; whyNot: string | null }) {
  const retry = useApiMutation('post', '/api/signature-requests/{request_id}/copy', {
    invalidates: touched,
    onSuccess: () => toast({ message: 'The copy is being made' }),
    onError: ({ detail }) => toast({ message: detail, tone: 'danger' }),
  })
  const again = (
    <Button size="sm" icon={RotateCw} busy={retry.isPending} disabledReason={whyNot} onPress={() => retry.mutate({ params: { path: { request_id: request.id } } })}>
      Try again
    </Button>
  )
  return (
    <Alert tone="danger" title="The signed copy could not be made" action={again}>
      Everybody has signed, and the signatures are kept. It was tried many times, the last {formatMoment(request.copy_given_up_at ?? '', zone)}. Open the document to see whether its file is there and whole, have an administrator look under Storage, then try again. If the file cannot be put right, archive this document, add it as a new one and send that for signature.
    </Alert>
  )
}
