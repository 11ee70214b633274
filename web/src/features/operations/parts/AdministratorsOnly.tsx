import { Lock } from 'lucide-react'
import { EmptyState } from '@/ui/EmptyState'

/** In the place of a page of theirs, for everybody else. `what` is in the plural. */
export function AdministratorsOnly({ what }: { what: string }) {
  return (
    <EmptyState icon={Lock} title={`${what} are the administrators’`} level={1}>
      If something does not work, tell an administrator of your practice.
    </EmptyState>
  )
}
