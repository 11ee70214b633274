import { pagedQuery, query, queryClient } from '@/api/queries'
import type { Schema } from '@/api/schema'
import type { PeopleFilter } from './filter'

export type Person = Schema<'UserOut'>
export type PersonRow = Schema<'UserRow'>

export const peopleQuery = ({ q, status, role }: PeopleFilter) => pagedQuery('/api/users', { params: { query: { q, status, role } } })
export const personQuery = (user_id: string) => query('/api/users/{user_id}', { params: { path: { user_id } } })
export const reportQuery = () => query('/api/users/report')
export const signInRulesQuery = () => query('/api/practice/sign-in-rules')
export const supervisorsQuery = () => query('/api/supervisors')

/** Takes the page a write answered with, so that it shows without being asked for again. */
export const keepPerson = (person: Person): void => {
  queryClient.setQueryData(personQuery(person.id).queryKey, person)
}

/** Everything that shows how somebody's account stands. */
export const peopleReads = ['/api/users', '/api/users/{user_id}', '/api/users/report', '/api/staff', '/api/supervisors'] as const
