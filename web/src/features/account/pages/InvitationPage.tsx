import { useMutation } from '@tanstack/react-query'
import { useLoaderData, useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'
import { signIn } from '@/api/auth'
import { http } from '@/api/client'
import { ApiError } from '@/api/errors'
import { paths } from '@/lib/paths'
import { EntryFrame } from '@/ui/EntryFrame'
import { ChoosePassword } from '../forms/ChoosePassword'
import { SpentLink } from '../parts/SpentLink'
import { useTitle } from '../use-title'

const isSpent = (error: unknown): boolean => error instanceof ApiError && error.code === 'invitation_spent'

export async function loader({ params }: LoaderFunctionArgs) {
  try {
    const { data } = await http.POST('/api/invitation/reading', { body: { token: params.token ?? '' } })
    return data ?? null
  } catch (error) {
    if (isSpent(error)) return null
    throw error
  }
}

/** Reached by the invitation's link: a password, then the second factor, then the product. */
export function Component() {
  const invited = useLoaderData<typeof loader>()
  const { token = '' } = useParams()
  const navigate = useNavigate()
  const email = invited?.email ?? ''
  const accept = useMutation({
    mutationFn: async (password: string) => {
      await http.POST('/api/invitation', { body: { token, password } })
      await enter(password)
    },
  })
  /** The account is taken up whatever comes now; should signing in fail, the page for that says how it stands. */
  const enter = async (password: string) => {
    const step = await signIn(email, password).catch(() => 'password' as const)
    if (step === 'done') await navigate(paths.enrol(), { replace: true })
    else await navigate(paths.signIn(), { replace: true, state: { email, done: 'taken-up' } })
  }
  useTitle('Take up your account')
  if (!invited || isSpent(accept.error)) {
    return (
      <SpentLink>
        <p>An invitation works once, for seven days, and a newer one replaces it. If you have chosen a password already, sign in. If not, ask an administrator of your practice for another.</p>
      </SpentLink>
    )
  }
  return (
    <EntryFrame
      title={`Welcome, ${invited.first_name}`}
      lead={
        <>
          {invited.practice} has made an account for you. You sign in with <strong className="font-semibold break-all text-text">{email}</strong>. Choose a password; nobody else will know it. Your second factor is the next step.
        </>
      }
    >
      <ChoosePassword isFirst email={email} action="Choose this password" busy={accept.isPending} error={accept.error} onSubmit={({ chosen }) => accept.mutate(chosen)} />
    </EntryFrame>
  )
}
