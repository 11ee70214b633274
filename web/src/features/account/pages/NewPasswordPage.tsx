import { useMutation, useQuery } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { changePassword } from '@/api/account'
import { signOut } from '@/api/auth'
import { invalidate } from '@/api/queries'
import { signedOut } from '@/api/session'
import { ownPath, paths } from '@/lib/paths'
import { Button } from '@/ui/Button'
import { EntryFrame } from '@/ui/EntryFrame'
import { ErrorState } from '@/ui/ErrorState'
import { Skeleton } from '@/ui/Skeleton'
import { ChoosePassword } from '../forms/ChoosePassword'
import { accountQuery } from '../queries'
import { useTitle } from '../use-title'

/** Stands before the product while a new password is due: asked for by an administrator, or because the practice lets them grow old. */
export function Component() {
  const navigate = useNavigate()
  const from = ownPath((useLocation().state as { from?: unknown } | null)?.from)
  const account = useQuery({ ...accountQuery(), staleTime: 0, retry: false })
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: async () => {
      await invalidate('/api/account')
      void navigate(from, { replace: true })
    },
  })
  const leave = useMutation({ mutationFn: signOut, onSettled: () => signedOut('asked') })
  useTitle('Choose a new password')
  if (account.error?.status === 401) return <Navigate to={paths.signIn()} replace state={{ from: paths.newPassword() }} />
  if (account.data && !account.data.is_password_change_due && change.isIdle) return <Navigate to={from} replace />
  return (
    <EntryFrame
      title="Choose a new password"
      lead="A new one is due before you go on: it was asked for on your account, or yours has reached the age your practice allows. Nobody but you will know it."
    >
      {account.error ? (
        <ErrorState title={account.error.title} onRetry={() => void account.refetch()} busy={account.isFetching}>
          {account.error.detail}
        </ErrorState>
      ) : account.data ? (
        <ChoosePassword email={account.data.email} asksCurrent action="Change password" busy={change.isPending || change.isSuccess} error={change.error} onSubmit={(chosen) => change.mutate(chosen)}>
          <Button variant="quiet" icon={LogOut} busy={leave.isPending} onPress={() => leave.mutate()}>
            Sign out instead
          </Button>
        </ChoosePassword>
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </EntryFrame>
  )
}
