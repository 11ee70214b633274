import { SearchX, UsersRound } from 'lucide-react'
import { Button } from '@/ui/Button'
import { EmptyState } from '@/ui/EmptyState'
import { isUsual, type ClientFilter } from '../filter'

type NoClientsProps = { filter: ClientFilter; onEverybody: () => void; onNew: (() => void) | null }

/** Nothing to list: because nobody is here yet, or because nobody matches. Two different texts. */
export function NoClients({ filter, onEverybody, onNew }: NoClientsProps) {
  if (isUsual(filter)) {
    return onNew ? (
      <EmptyState icon={UsersRound} title="No active clients yet" action={<Button variant="primary" onPress={onNew}>New client</Button>}>
        Add the first one by hand, or ask an administrator to import charts from another system.
      </EmptyState>
    ) : (
      <EmptyState icon={UsersRound} title="No active clients yet">
        A client shows here once you are in their care team. The front desk or an administrator assigns it.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={SearchX} title={filter.q ? `No client matches “${filter.q}”` : 'No client matches these filters'} action={<Button onPress={onEverybody}>Clear search and filters</Button>}>
      {filter.q ? 'Try part of the name, the record number, or a date of birth as 1991-03-12.' : 'Choose another status, or clear the filters.'}
      {filter.q && filter.status !== 'All' && ` Only ${filter.status.toLowerCase()} clients were searched.`}
    </EmptyState>
  )
}
