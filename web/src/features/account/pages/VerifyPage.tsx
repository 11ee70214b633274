import { useMutation } from '@tanstack/react-query'
import { useLoaderData, useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'
import { confirmAddress, readVerification } from '@/api/links'
import { paths } from '@/lib/paths'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { EntryFrame } from '@/ui/EntryFrame'
import { SpentLink } from '../parts/SpentLink'
import { useTitle } from '../use-title'

export const loader = ({ params }: LoaderFunctionArgs) => readVerification(params.key ?? '')

/** Reached by the link in a mail. One press more: mail programs open links by themselves, and prove nothing by it. */
export function Component() {
  const found = useLoaderData<typeof loader>()
  const { key = '' } = useParams()
  const navigate = useNavigate()
  const email = found?.email ?? ''
  const confirm = useMutation({
    mutationFn: () => confirmAddress(key),
    onSuccess: (outcome) => (outcome === 'done' ? navigate(paths.signIn(), { replace: true, state: { email, done: 'confirmed' } }) : undefined),
  })
  useTitle('Confirm your e-mail address')
  if (!found || confirm.data === 'spent') {
    return (
      <SpentLink>
        <p>It works once, for three days. If you have confirmed your address with it, all is well. If not, an administrator of your practice can send you another.</p>
      </SpentLink>
    )
  }
  return (
    <EntryFrame title="Confirm your e-mail address" lead="What concerns your account is mailed here, such as a link when you forget your password.">
      <div className="flex flex-col gap-4">
        {confirm.error && <Alert tone="danger">{confirm.error.detail}</Alert>}
        <p className="rounded-control border border-line bg-sunken px-3 py-2.5 text-14 font-medium break-all">{email}</p>
        <Button variant="primary" size="lg" busy={confirm.isPending} autoFocus onPress={() => confirm.mutate()}>
          Yes, this is my address
        </Button>
      </div>
    </EntryFrame>
  )
}
