import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useNavigate, useParams } from 'react-router'
import { signInStatus } from '@/api/auth'
import type { ApiError } from '@/api/errors'
import { useApiMutation } from '@/api/queries'
import { paths } from '@/lib/paths'
import { z } from '@/lib/validation'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'
import { EntryFrame } from '@/ui/EntryFrame'
import { LinkButton } from '@/ui/LinkButton'
import { SetUpFields } from '../forms/SetUpFields'

/** Asks the server once, so that it gives this browser the token that writes need. */
export const loader = async () => {
  await signInStatus().catch(() => null)
  return null
}

const filled = (missing: string) => z.string().trim().min(1, missing)
const shape = z.object({
  practice_name: filled('Enter the practice’s name.'),
  timezone: z.string().nullable().pipe(z.string('Choose the practice’s time zone.')),
  first_name: filled('Enter your first name.'),
  last_name: filled('Enter your last name.'),
  email: filled('Enter your e-mail address.').regex(/^\S+@\S+\.\S+$/, 'This is not an e-mail address.'),
  password: z.string().min(12, 'At least 12 characters.'),
})
export type SetUpValues = z.input<typeof shape>
const names = ['practice_name', 'timezone', 'first_name', 'last_name', 'email', 'password'] as const

/** The first administrator names the practice and makes the first account. Reached by the link the product prints when it is empty. */
export function Component() {
  const { token = '' } = useParams()
  const navigate = useNavigate()
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const form = useForm({
    resolver: zodResolver(shape),
    defaultValues: { practice_name: '', timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, first_name: '', last_name: '', email: '', password: '' } as SetUpValues,
  })
  const send = useApiMutation('post', '/api/setup', {
    onSuccess: (_, { body }) => navigate(paths.signIn(), { replace: true, state: { email: body.email, done: 'set-up' } }),
    onError: (error) => {
      const refused = names.filter((name) => error.fields[name]?.[0])
      refused.forEach((name, position) => form.setError(name, { message: error.fields[name]?.join(' ') ?? error.detail }, { shouldFocus: position === 0 }))
      setRefusal(refused.length > 0 ? null : error)
    },
  })
  const submit = form.handleSubmit((values) => {
    setRefusal(null)
    send.mutate({ body: { ...values, token } })
  })
  useEffect(() => {
    document.title = 'Set up – MentalSpace'
  }, [])
  if (refusal?.code === 'set_up_link_spent') return <SpentLink />
  return (
    <EntryFrame wide title="Set up your practice" lead="Name the practice and choose how you sign in. You become its first administrator.">
      <form noValidate className="flex flex-col gap-6" onSubmit={(event) => void submit(event)}>
        {refusal && <Alert tone="danger">{refusal.detail}</Alert>}
        <SetUpFields form={form} />
        <Button type="submit" variant="primary" size="lg" busy={send.isPending}>
          Set up practice
        </Button>
      </form>
    </EntryFrame>
  )
}

function SpentLink() {
  return (
    <EntryFrame title="This set-up link is no longer good" lead="It works once, and for a week. If you set the practice up with it, sign in. If nobody did, start MentalSpace again: it prints a new link.">
      <LinkButton href={paths.signIn()} variant="primary">
        Go to sign-in
      </LinkButton>
    </EntryFrame>
  )
}
