import { query } from '@/api/queries'
import type { Span } from './span'

/** Appointments and working hours of a span. No clinicians given: the server's choice (one's own; everybody's at the front desk). */
export const scheduleQuery = ({ start, end }: Pick<Span, 'start' | 'end'>, clinicians: readonly string[]) => ({
  ...query('/api/appointments', { params: { query: { start, end, ...(clinicians.length > 0 && { clinician_id: [...clinicians] }) } } }),
  refetchOnWindowFocus: false,
})

export const appointmentQuery = (appointment_id: string) => query('/api/appointments/{appointment_id}', { params: { path: { appointment_id } } })
export const locationsQuery = () => ({ ...query('/api/locations'), staleTime: 5 * 60_000 })
export const staffQuery = () => ({ ...query('/api/staff'), staleTime: 5 * 60_000 })
export const clientSearchQuery = (q: string) => query('/api/clients/search', { params: { query: { q } } })
/** The client a booking was begun for from the chart. */
export const clientQuery = (client_id: string) => query('/api/clients/{client_id}', { params: { path: { client_id } } })

/** What was sent and is planned about one session. */
export const remindersQuery = (appointment_id: string) => query('/api/appointments/{appointment_id}/reminders', { params: { path: { appointment_id } } })
