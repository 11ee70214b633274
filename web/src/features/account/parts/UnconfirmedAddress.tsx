import { useApiMutation } from '@/api/queries'
import { Alert } from '@/ui/Alert'
import { Button } from '@/ui/Button'

/** Until the address is confirmed no link reaches its owner for sure. */
export function UnconfirmedAddress({ email }: { email: string }) {
  const send = useApiMutation('post', '/api/account/verification')
  if (send.isSuccess) {
    return (
      <Alert tone="success" title="A new link is on its way">
        Look into the mail of <span className="break-all">{email}</span>, also among what it takes for junk. The link is good for three days.
      </Alert>
    )
  }
  return (
    <Alert
      tone="warning"
      title="Your e-mail address is not confirmed"
      action={
        <Button size="sm" busy={send.isPending} onPress={() => send.mutate({})}>
          Send the link again
        </Button>
      }
    >
      Open the link we mailed to <span className="break-all">{email}</span>. It is good for three days.
      {send.error && <span className="mt-1 block font-medium">Not sent: {send.error.detail}</span>}
    </Alert>
  )
}
