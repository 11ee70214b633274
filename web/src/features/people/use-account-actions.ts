import { useApiMutation } from '@/api/queries'
import { toast } from '@/ui/toast-queue'
import { peopleReads, type Person } from './queries'

/** What is done to somebody's account with one press, each said in a toast once it is done. */
export function useAccountActions({ id, name }: Pick<Person, 'id' | 'name'>) {
  const told = (message: string) => ({
    invalidates: [...peopleReads],
    onSuccess: () => toast({ message }),
    onError: ({ detail }: { detail: string }) => toast({ message: detail, tone: 'danger' as const }),
  })
  const params = { path: { user_id: id } }
  const unlock = useApiMutation('post', '/api/users/{user_id}/unlock', told(`${name} can sign in again`))
  const invite = useApiMutation('post', '/api/users/{user_id}/invitation', told(`A new invitation is on its way to ${name}`))
  const reactivate = useApiMutation('delete', '/api/users/{user_id}/deactivation', told(`${name}’s account is open again`))
  const reset = useApiMutation('post', '/api/users/{user_id}/password-reset', told(`A link to set a new password is on its way to ${name}`))
  const verify = useApiMutation('post', '/api/users/{user_id}/verification', told(`A link to confirm the address is on its way to ${name}`))
  return {
    unlock: { run: () => unlock.mutate({ params }), busy: unlock.isPending },
    invite: { run: () => invite.mutate({ params }), busy: invite.isPending },
    reset: { run: () => reset.mutate({ params }), busy: reset.isPending },
    verify: { run: () => verify.mutate({ params }), busy: verify.isPending },
    reactivate: { run: () => reactivate.mutate({ params }), busy: reactivate.isPending },
  }
}
