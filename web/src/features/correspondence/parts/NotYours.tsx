import { Lock } from 'lucide-react'
import { useMe } from '@/api/me'
import { paths } from '@/lib/paths'
import { EmptyState } from '@/ui/EmptyState'
import { LinkButton } from '@/ui/LinkButton'
import { liftsStops } from '../can'

export function NotYours() {
  const action = liftsStops(useMe()) ? <LinkButton href={paths.stoppedAddresses()}>See stopped addresses</LinkButton> : undefined
  return (
    <EmptyState icon={Lock} title="Messages and who carries them are the administrators’" level={1} action={action}>
      If somebody did not get a message, tell an administrator of your practice.
    </EmptyState>
  )
}
