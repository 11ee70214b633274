/** What the trail is searched for, and how that stands in the page's address: ids, kinds and days, never a name. */
import type { Schema } from '@/api/schema'
import { addDays, toInstant } from '@/lib/dates'

export type Action = Exclude<Schema<'TrailQuery'>['action'], '' | undefined>
export type LineSeverity = Schema<'LineOut'>['severity']

export type TrailFilter = {
  person: string | null
  client: string | null
  action: Action | null
  severity: LineSeverity | null
  /** The first and the last day, on the practice's wall. */
  since: string | null
  until: string | null
}

export const everything: TrailFilter = { person: null, client: null, action: null, severity: null, since: null, until: null }

/** The kinds of lines, in the words of the page. */
export const actions: Readonly<Record<Action, string>> = {
  PHI_ACCESS: 'Looked at clients',
  DATA_MODIFICATION: 'Changed something',
  AUTHENTICATION: 'Signed in or out',
  REFUSED: 'Was refused',
  ADMIN_ACTION: 'Administered',
}

const severities: readonly LineSeverity[] = ['info', 'warning', 'critical']
const isAction = (text: string | null): text is Action => text !== null && Object.hasOwn(actions, text)
const isSeverity = (text: string | null): text is LineSeverity => severities.some((severity) => severity === text)
const dayIn = (text: string | null) => (text !== null && /^\d{4}-\d\d-\d\d/.test(text) ? text.slice(0, 10) : null)
const idIn = (text: string | null) => (text !== null && /^[0-9a-f-]{36}$/.test(text) ? text : null)

export function filterOf(address: URLSearchParams): TrailFilter {
  const action = address.get('action')
  const severity = address.get('severity')
  return {
    person: idIn(address.get('person')),
    client: idIn(address.get('client')),
    action: isAction(action) ? action : null,
    severity: isSeverity(severity) ? severity : null,
    since: dayIn(address.get('since')),
    until: dayIn(address.get('until')),
  }
}

/** The address with the filter changed; what is not asked for is left out. */
export function withFilter(address: URLSearchParams, change: Partial<TrailFilter>): URLSearchParams {
  const next = new URLSearchParams(address)
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next.delete(name)
    else next.set(name, value)
  }
  return next
}

/** The first moment of the first day, and the first moment after the last. */
export const momentsOf = ({ since, until }: Pick<TrailFilter, 'since' | 'until'>, zone: string) => ({
  since: since === null ? null : toInstant(since, '00:00', zone),
  until: until === null ? null : toInstant(addDays(until, 1), '00:00', zone),
})

export const isEverything = (filter: TrailFilter): boolean => Object.values(filter).every((value) => value === null)
