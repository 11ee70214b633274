import type { Notification } from '@/api/notifications'
import { paths } from '@/lib/paths'

type About = Pick<Notification, 'about_type' | 'about_id' | 'client_id' | 'day'>

const addresses: Record<string, (about: About) => string | null> = {
  appointment: ({ about_id, day }) => (day ? paths.calendarSession(day, about_id) : null),
  client: ({ about_id, client_id }) => (client_id ? paths.client(about_id) : null),
  emergency_access: ({ about_id }) => paths.emergencyAccess(about_id),
  account: () => paths.account(),
  person: ({ about_id }) => paths.person(about_id),
  form: ({ about_id, client_id }) => (client_id ? paths.form(about_id) : null),
  document: ({ client_id }) => (client_id ? paths.clientTab(client_id, 'documents') : null),
  measure: ({ client_id }) => (client_id ? paths.client(client_id) : null),
  rules: () => paths.notificationRules(),
  wording: () => paths.wordings(),
  incident: ({ about_id }) => paths.incident(about_id),
  system_alert: () => paths.alerts(),
  operations_incident: ({ about_id }) => paths.operationsIncident(about_id),
}

/** Where a notification leads; null when its reader may no longer see what it is about. */
export const addressOf = (about: About): string | null => addresses[about.about_type]?.(about) ?? null
