/** What the client list shows, and how that stands in its address. Words searched for are about people and stay out of it. */
import type { Schema } from '@/api/schema'

export const statuses = ['Active', 'Inactive', 'Discharged', 'Deceased', 'All'] as const
export type StatusFilter = (typeof statuses)[number]
export type ClientFilter = { q: string; status: StatusFilter; mine: boolean; favorites: boolean }
export type ClientRow = Schema<'ClientRow'>

const isStatus = (text: string | null): text is StatusFilter => statuses.some((status) => status === text)

export function filterOf(address: URLSearchParams, q = ''): ClientFilter {
  const status = address.get('status')
  return { q, status: isStatus(status) ? status : 'Active', mine: address.has('mine'), favorites: address.has('favorites') }
}

/** The address with the filter changed; what is as usual is left out of it. */
export function withFilter(address: URLSearchParams, change: Partial<Omit<ClientFilter, 'q'>>): URLSearchParams {
  const next = new URLSearchParams(address)
  const { status, mine, favorites } = { ...filterOf(address), ...change }
  const put = (name: string, value: string | null) => (value === null ? next.delete(name) : next.set(name, value))
  put('status', status === 'Active' ? null : status)
  put('mine', mine ? '1' : null)
  put('favorites', favorites ? '1' : null)
  return next
}

export const isUsual = ({ q, status, mine, favorites }: ClientFilter): boolean => q === '' && status === 'Active' && !mine && !favorites
