/** What the client pages offer; the server decides. Each function names the rule it mirrors; `whyNot…` is a sentence, or null when one may. */
import type { Schema } from '@/api/schema'

type Me = Pick<Schema<'MeOut'>, 'id' | 'can' | 'roles'>
type Client = Pick<Schema<'ClientOut'>, 'care_team' | 'status'>

/** mentalspace/people/abilities.py: see_clients */
export const seesClients = (me: Me): boolean => me.can.includes('see_clients')
/** mentalspace/clients/models.py: Client "add"; people/abilities.py: add_client */
export const addsClients = (me: Me): boolean => me.can.includes('add_client')
/** Somebody who treats or supervises has clients of their own; others see everybody. mentalspace/people/abilities.py: read_notes less add_client */
export const hasOwnClients = (me: Me): boolean => me.can.includes('write_notes') || (me.can.includes('read_notes') && !me.can.includes('add_client'))
/** mentalspace/clients/models.py: Diagnosis "read"; outcomes/models.py: MeasureResult "read"; charting/models.py: READERS */
export const readsClinical = (me: Me): boolean => me.can.includes('read_notes')
/** mentalspace/people/abilities.py: assign_care_team; clients/models.py: CareTeamMember "add change" */
export const assignsCareTeam = (me: Me): boolean => me.can.includes('assign_care_team')

/** Works for the whole practice: mentalspace/clients/models.py: SEES_ALL */
const keepsAllCharts = addsClients
const treats = (me: Me, client: Client): boolean => client.care_team.some(({ person_id }) => person_id === me.id)

/**
 * mentalspace/clients/policies.py: has_emergency_access. The chart is open for reading and for a while: what only writes
 * is not there at all. Whoever writes notes and neither treats, supervises nor works for everybody reads by it alone.
 */
export const readsOnly = (me: Me, client: Client, isEmergency: boolean): boolean =>
  !keepsAllCharts(me) && !treats(me, client) && (isEmergency || (me.can.includes('write_notes') && !me.roles.includes('supervisor')))

/** mentalspace/people/abilities.py: change_client; clients/models.py: Client "change": by the office, and by those who treat the client themselves. */
export function whyNotChange(me: Me, client: Client): string | null {
  if (!me.can.includes('change_client')) return 'Your role reads this chart. Its clinician, the front desk or an administrator changes it.'
  return keepsAllCharts(me) || treats(me, client) ? null : 'You read this chart. A clinician who treats this client, the front desk or an administrator changes it.'
}

/** mentalspace/clients/models.py: ClientAlert "add change": the office, those who treat the client, and their supervisors; not by emergency access. */
export const raisesAlerts = (me: Me, client: Client, isEmergency: boolean): boolean =>
  keepsAllCharts(me) || treats(me, client) || (me.roles.includes('supervisor') && !isEmergency)

/** mentalspace/clients/models.py: Diagnosis "add": clinicians and associates who treat the client. */
export function whyNotDiagnose(me: Me, client: Client): string | null {
  if (!me.can.includes('write_notes')) return 'Clinicians who treat this client add diagnoses.'
  return treats(me, client) ? null : 'You are not in this client’s care team.'
}

/** mentalspace/charting/models.py: ClinicalNote "add": by the one who writes it, for a client they treat. */
export function whyNotStartNote(me: Me, client: Client): string | null {
  if (!me.can.includes('write_notes')) return 'Clinicians who treat this client write notes.'
  return treats(me, client) ? null : 'You are not in this client’s care team.'
}

/** mentalspace/charting/psychotherapy/models.py: "read change": by those who write notes, their own. */
export const keepsPsychotherapyNotes = (me: Me): boolean => me.can.includes('write_notes')

/** mentalspace/people/abilities.py: book; scheduling/models.py: Appointment "add" */
export function whyNotBook(me: Me, client: Client): string | null {
  if (!me.can.includes('book')) return 'Your role reads the calendar. Clinicians and the front desk book.'
  if (client.status === 'Deceased') return 'This client has died.'
  return me.can.includes('book_for_others') || treats(me, client) ? null : 'You are not in this client’s care team.'
}

/** mentalspace/clients/models.py: EmergencyContact "add change remove"; clients/authority.py: the office, and clinicians who treat the client. */
export const keepsOutside = (me: Me, client: Client): boolean => me.can.includes('add_client') || (me.can.includes('change_client') && treats(me, client))
/** mentalspace/people/abilities.py: change_status; clients/models.py: StatusChange "add" */
export const changesStatus = (me: Me): boolean => me.can.includes('change_status')
/** mentalspace/people/abilities.py: lift_stops */
export const liftsStops = (me: Me): boolean => me.can.includes('lift_stops')
