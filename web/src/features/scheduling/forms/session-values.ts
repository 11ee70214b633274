/** What the forms about a session hold, and what is wrong with it. Limits mirror mentalspace/scheduling/rules.py and schemas.py. */
import type { Schema } from '@/api/schema'
import { localDate, localTime, minutesBetween } from '@/lib/dates'
import { z } from '@/lib/validation'
import type { Appointment } from '../status'
import { MIN_MINUTES, timesOf, USUAL_MINUTES, type Times } from '../wall-clock'

type AppointmentType = Schema<'AppointmentIn'>['appointment_type']
export const appointmentTypes = [
  'Initial Evaluation',
  'Individual Therapy',
  'Couples Therapy',
  'Family Therapy',
  'Medication Management',
  'Testing',
  'Consultation',
  'Crisis',
  'Other',
] as const satisfies readonly AppointmentType[]

/** Stands for "no location" and "no room" in a Select, which needs an id. */
export const NONE = 'none'
export const orNull = (id: string): string | null => (id === NONE ? null : id)

/** A field that starts empty and must be filled in: null in the form, never in the result. */
const given = (message: string) =>
  z
    .string()
    .nullable()
    .transform((value, context): string => {
      if (value !== null) return value
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })
const length = z
  .number()
  .nullable()
  .transform((value, context): number => {
    const problem = value === null ? 'Give its length.' : value < MIN_MINUTES ? `A session lasts at least ${MIN_MINUTES} minutes.` : value > 480 ? 'A session lasts at most 8 hours.' : null
    if (problem) context.addIssue({ code: 'custom', message: problem })
    return value ?? z.NEVER
  })

const details = {
  appointment_type: z.enum(appointmentTypes),
  date: given('Give the date.'),
  start: given('Give the time it starts.'),
  minutes: length,
  location_id: z.string(),
  room_id: z.string(),
  memo: z.string().max(500, 'At most 500 characters.'),
}

export const editShape = z.object(details)
export const bookingShape = z
  .object({
    ...details,
    client_id: given('Choose the client.'),
    clinician_id: given('Choose the clinician.'),
    every: z.enum(['0', '1', '2', '3', '4']),
    ends: z.enum(['count', 'until']),
    count: z.number().nullable(),
    until: z.string().nullable(),
  })
  .superRefine(({ every, ends, count, until, date }, context) => {
    if (every === '0') return
    if (ends === 'count' && (count === null || count < 2 || count > 52)) context.addIssue({ code: 'custom', path: ['count'], message: 'A series has 2 to 52 sessions.' })
    if (ends === 'until' && (until === null || until <= date)) context.addIssue({ code: 'custom', path: ['until'], message: 'Give a date after the first session.' })
  })

export type EditResult = z.output<typeof editShape>
export type BookingResult = z.output<typeof bookingShape>
export type EditValues = z.input<typeof editShape>
export type BookingValues = z.input<typeof bookingShape>

/** Where a booking starts from: an empty slot, a drawn length, or nothing but the day. */
export type Slot = { date: string; start: string; minutes?: number | undefined; clinicianId?: string | null | undefined; clientId?: string | null | undefined }

export const emptyBooking = ({ date, start, minutes = USUAL_MINUTES, clinicianId = null, clientId = null }: Slot, locationId: string | undefined): BookingValues => ({
  client_id: clientId,
  clinician_id: clinicianId,
  appointment_type: 'Individual Therapy',
  date,
  start,
  minutes,
  location_id: locationId ?? NONE,
  room_id: NONE,
  memo: '',
  every: '0',
  ends: 'count',
  count: 8,
  until: null,
})

const isType = (text: string): text is AppointmentType => (appointmentTypes as readonly string[]).includes(text)

export const editOf = (appointment: Appointment, zone: string): EditValues => ({
  appointment_type: isType(appointment.appointment_type) ? appointment.appointment_type : 'Other',
  date: localDate(appointment.starts_at, zone),
  start: localTime(appointment.starts_at, zone),
  minutes: minutesBetween(appointment.starts_at, appointment.ends_at),
  location_id: appointment.location_id ?? NONE,
  room_id: appointment.room_id ?? NONE,
  memo: appointment.appointment_notes,
})

export function toBooking(values: BookingResult, zone: string, meId: string): Schema<'AppointmentIn'> {
  const { client_id, clinician_id, appointment_type, date, start, minutes, location_id, room_id, memo, every, ends, count, until } = values
  const end = ends === 'count' ? { occurrence_count: count } : { until_date: until }
  return {
    client_id,
    ...(clinician_id !== meId && { clinician_id }),
    appointment_type,
    ...timesOf(date, start, minutes, zone),
    location_id: orNull(location_id),
    room_id: orNull(room_id),
    appointment_notes: memo,
    timezone: zone,
    repeat: every === '0' ? null : { interval_weeks: Number(every), ...end },
  }
}

/** Only what was changed: the rest of a series keeps its own room and words. */
export function toChange(values: EditResult, before: EditValues, zone: string): Omit<Schema<'AppointmentChange'>, 'version' | 'scope'> {
  const moved = values.date !== before.date || values.start !== before.start || values.minutes !== before.minutes
  const times: Times = timesOf(values.date, values.start, values.minutes, zone)
  return {
    ...(moved && times),
    ...(values.appointment_type !== before.appointment_type && { appointment_type: values.appointment_type }),
    ...(values.location_id !== before.location_id && { location_id: orNull(values.location_id) }),
    ...(values.room_id !== before.room_id && { room_id: orNull(values.room_id) }),
    ...(values.memo !== before.memo && { appointment_notes: values.memo }),
  }
}

/** Which form field a server's message about this field belongs to. */
export const fieldNames: Record<string, keyof BookingValues> = {
  client_id: 'client_id',
  clinician_id: 'clinician_id',
  starts_at: 'start',
  ends_at: 'minutes',
  minutes: 'minutes',
  location_id: 'location_id',
  room_id: 'room_id',
  appointment_type: 'appointment_type',
  appointment_notes: 'memo',
  'repeat.until_date': 'until',
  'repeat.occurrence_count': 'count',
  'repeat.interval_weeks': 'every',
  'repeat.minutes': 'minutes',
}
