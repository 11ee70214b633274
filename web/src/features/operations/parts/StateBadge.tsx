import { StatusBadge } from '@/ui/StatusBadge'
import { states, type State } from '../words'

/** How something stands, as hue, icon and word. */
export function StateBadge({ state }: { state: State }) {
  return <StatusBadge size="sm" {...states[state]} />
}
