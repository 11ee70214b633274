import { Archive, Ban, CircleAlert, CircleCheck, CircleDashed, Clock, Eye, PencilLine, RotateCcw, Send } from 'lucide-react'
import type { Schema } from '@/api/schema'

export type Template = Schema<'FormTemplateOut'>
export type TemplateRow = Schema<'FormTemplateRow'>
export type Definition = Schema<'FormDefinition'>
export type Field = Definition['fields'][number]
export type Score = Definition['scores'][number]
export type Kind = Field['kind']
export type Category = Template['category']
export type Form = Schema<'FormOut'>
export type FormRow = Schema<'FormRow'>
export type Round = Form['rounds'][number]
export type Consents = Schema<'ClientConsentsOut'>
export type Consent = Consents['consents'][number]
export type ConsentKind = Consent['kind']

export type ChartField = NonNullable<Field['fills']>
export type Packet = Schema<'FormPacketOut'>
export type FormFile = Schema<'FormFileOut'>
export type Uploading = NonNullable<Form['uploading']>
export type Details = NonNullable<Form['details']>
export type Detail = Details['offers'][number]['what']

/** What an answer can become in the chart. mentalspace/forms/details/fields.py */
const chartFields: Record<ChartField, string> = {
  preferred_name: 'Preferred name',
  pronouns: 'Pronouns',
  gender: 'Gender',
  primary_phone: 'Telephone',
  email: 'E-mail',
  street1: 'Street',
  city: 'City',
  state: 'State',
  zip_code: 'ZIP code',
  contact_name: 'Emergency contact: name',
  contact_relationship: 'Emergency contact: relationship',
  contact_phone: 'Emergency contact: telephone',
}

export const chartFieldOptions: { id: ChartField | ''; label: string }[] = [{ id: '', label: 'Nothing' }, ...(Object.keys(chartFields) as ChartField[]).map((id) => ({ id, label: chartFields[id] }))]
export const fillsChart = (kind: Kind): boolean => kind === 'text' || kind === 'choice'

export const kinds: Record<Kind, string> = {
  heading: 'Heading',
  text: 'Short text',
  long_text: 'Long text',
  choice: 'One of several',
  choices: 'Several of several',
  yes_no: 'Yes or no',
  date: 'Date',
  number: 'Number',
  scored: 'Scored choice',
  signature: 'Signature',
  consent: 'Consent',
  file: 'File',
}

export const kindOptions = (Object.keys(kinds) as Kind[]).map((id) => ({ id, label: kinds[id] }))

export const categories: Record<Category, string> = {
  intake: 'Intake',
  consent: 'Consent',
  assessment: 'Assessment',
  insurance: 'Insurance',
  feedback: 'Feedback',
  administrative: 'Administrative',
}

export const categoryOptions = (Object.keys(categories) as Category[]).map((id) => ({ id, label: categories[id] }))

/** What can be agreed to. A privacy notice is acknowledged; a release says to whom and of what. */
export const consentKinds: Record<ConsentKind, string> = {
  treatment: 'Treatment',
  privacy: 'Privacy notice',
  release: 'Release of information',
  electronic: 'Electronic communication',
  telehealth: 'Telehealth',
  recording: 'Photography and recording',
  financial: 'Financial policy',
  research: 'Research',
}

export const consentStates = {
  in_force: { tone: 'green', icon: CircleCheck, label: 'In force' },
  expiring: { tone: 'amber', icon: Clock, label: 'Ends soon' },
  to_come: { tone: 'blue', icon: CircleDashed, label: 'To come' },
  expired: { tone: 'red', icon: Ban, label: 'Expired' },
  revoked: { tone: 'red', icon: RotateCcw, label: 'Revoked' },
  missing: { tone: 'amber', icon: CircleAlert, label: 'Missing' },
} as const

/** A signature's answer is a name, a day and a tick; so is a consent's. */
export const isSigned = (kind: Kind): boolean => kind === 'signature' || kind === 'consent'

export const priorities: Record<FormRow['priority'], string> = { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' }
export const priorityOptions = (Object.keys(priorities) as FormRow['priority'][]).map((id) => ({ id, label: priorities[id] }))

export const statuses = {
  open: { tone: 'blue', icon: CircleDashed, label: 'To fill' },
  returned: { tone: 'amber', icon: RotateCcw, label: 'Changes asked for' },
  submitted: { tone: 'violet', icon: Send, label: 'To review' },
  accepted: { tone: 'green', icon: CircleCheck, label: 'Accepted' },
  rejected: { tone: 'red', icon: Ban, label: 'Rejected' },
  withdrawn: { tone: 'grey', icon: Archive, label: 'Taken back' },
  in_error: { tone: 'grey', icon: Ban, label: 'Entered in error' },
} as const

export const stages = {
  draft: { tone: 'amber', icon: PencilLine, label: 'Draft' },
  published: { tone: 'green', icon: Eye, label: 'Published' },
  retired: { tone: 'grey', icon: Archive, label: 'Retired' },
} as const

export const isFillable = ({ status }: Pick<FormRow, 'status'>): boolean => status === 'open' || status === 'returned'
