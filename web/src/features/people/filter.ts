/** What the list of people shows, and how that stands in its address. */
import type { Role } from './words'
import { roles } from './words'

export const statuses = ['current', 'active', 'invited', 'locked', 'deactivated', 'no_account', 'all'] as const
export type StatusFilter = (typeof statuses)[number]
export type PeopleFilter = { q: string; status: StatusFilter; role: Role | 'none' | '' }

export const statusWords: Record<StatusFilter, string> = {
  current: 'Current',
  active: 'Active',
  invited: 'Invited',
  locked: 'Locked',
  deactivated: 'Deactivated',
  no_account: 'No account',
  all: 'All',
}

const isStatus = (text: string | null): text is StatusFilter => statuses.some((status) => status === text)
const isRole = (text: string | null): text is Role | 'none' => text === 'none' || roles.some((role) => role === text)

export function filterOf(address: URLSearchParams, q = ''): PeopleFilter {
  const [status, role] = [address.get('status'), address.get('role')]
  return { q, status: isStatus(status) ? status : 'current', role: isRole(role) ? role : '' }
}

/** The address with the filter changed; what is as usual is left out of it. */
export function withFilter(address: URLSearchParams, change: Partial<Omit<PeopleFilter, 'q'>>): URLSearchParams {
  const next = new URLSearchParams(address)
  const { status, role } = { ...filterOf(address), ...change }
  const put = (name: string, value: string, usual: string) => (value === usual ? next.delete(name) : next.set(name, value))
  put('status', status, 'current')
  put('role', role, '')
  return next
}
