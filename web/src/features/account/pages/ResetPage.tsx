import { useMutation } from '@tanstack/react-query'
import { useLoaderData, useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'
import { readReset, setNewPassword } from '@/api/links'
import { paths } from '@/lib/paths'
import { EntryFrame } from '@/ui/EntryFrame'
import { LinkButton } from '@/ui/LinkButton'
import { ChoosePassword } from '../forms/ChoosePassword'
import { SpentLink } from '../parts/SpentLink'
import { useTitle } from '../use-title'

export const loader = ({ params }: LoaderFunctionArgs) => readReset(params.key ?? '')

/** Reached by the link in a mail: a new password, and then sign-in as always, second factor included. */
export function Component() {
  const found = useLoaderData<typeof loader>()
  const { key = '' } = useParams()
  const navigate = useNavigate()
  const email = found?.email ?? ''
  const send = useMutation({
    mutationFn: (password: string) => setNewPassword(key, password),
    onSuccess: (outcome) => (outcome === 'done' ? navigate(paths.signIn(), { replace: true, state: { email, done: 'new-password' } }) : undefined),
  })
  useTitle('Choose a new password')
  if (!found || send.data === 'spent') {
    return (
      <SpentLink action={<LinkButton href={paths.forgot()} variant="primary">Ask for a new link</LinkButton>}>
        <p>It works once, for an hour, and only until a newer password is set. Your password is as it was.</p>
      </SpentLink>
    )
  }
  return (
    <EntryFrame
      title="Choose a new password"
      lead={
        <>
          For <strong className="font-semibold break-all text-text">{email}</strong>. You are then signed out everywhere, and sign in with it and your second factor.
        </>
      }
    >
      <ChoosePassword email={email} action="Set new password" busy={send.isPending} error={send.error} onSubmit={({ chosen }) => send.mutate(chosen)} />
    </EntryFrame>
  )
}
