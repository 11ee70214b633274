import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '@/api/me'
import type { Schema } from '@/api/schema'
import { formatPlainDate } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { DescriptionList, type Description } from '@/ui/DescriptionList'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { whyNotChange } from '../can'
import { DetailsForm } from '../forms/DetailsForm'
import { staffQuery } from '../queries'
import { AuthoritySections } from './AuthoritySections'
import { RemindersSection } from './RemindersSection'
import { StopNote } from './StopNote'

type Client = Schema<'ClientOut'>

/** Demographics to read, and the same as a form on request. */
export function DetailsTab({ client, isReading }: { client: Client; isReading: boolean }) {
  const me = useMe()
  const [isEditing, setEditing] = useState(false)
  if (isEditing) {
    return (
      <div className="pt-4">
        <Section title="Change details" className="overflow-visible">
          <DetailsForm client={client} onDone={() => setEditing(false)} />
        </Section>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-4 pt-4">
      {!isReading && (
        <div className="flex justify-end">
          <Button icon={Pencil} disabledReason={whyNotChange(me, client)} onPress={() => setEditing(true)}>
            Change details
          </Button>
        </div>
      )}
      <Facts title="Person" items={personOf(client)} />
      <Facts title="Contact" items={contactOf(client)} />
      <RemindersSection client={client} />
      <Care client={client} />
      <AuthoritySections client={client} />
    </div>
  )
}

function Facts({ title, items }: { title: string; items: readonly (Description | null)[] }) {
  const known = items.filter((item) => item !== null)
  return (
    <Section title={title}>
      {known.length === 0 ? (
        <p className="text-13 text-muted">Nothing on record.</p>
      ) : (
        <DescriptionList layout="stack" items={known.map(({ term, value }) => ({ term, value: <span className="break-words">{value}</span> }))} />
      )}
    </Section>
  )
}

const fact = (term: string, value: string): Description | null => (value === '' ? null : { term, value })

const personOf = (client: Client): (Description | null)[] => [
  fact('Chosen name', client.preferred_name),
  fact('Legal name', client.legal_name),
  fact('Pronouns', client.pronouns),
  fact('Date of birth', `${formatPlainDate(client.date_of_birth)} (${client.age})`),
  client.deceased_date ? fact('Died', formatPlainDate(client.deceased_date)) : null,
  fact('Gender', client.gender),
  fact('Sex assigned at birth', client.sex_assigned_at_birth),
  fact('Race', client.race),
  fact('Ethnicity', client.ethnicity),
  fact('Marital status', client.marital_status),
  fact('Language', client.primary_language),
]

function contactOf(client: Client): (Description | null)[] {
  const { primary_phone, email, stopped, okay_to_leave_message, preferred_contact_method, street1, street2, city, state, zip_code } = client
  const town = [city, [state, zip_code].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  const address = [street1, street2, town].filter(Boolean)
  return [
    primary_phone
      ? {
          term: 'Phone',
          value: (
            <>
              <Link href={`tel:${primary_phone.replaceAll(/[^\d+]/g, '')}`}>{primary_phone}</Link>
              <span className="block text-12 text-muted">{okay_to_leave_message ? 'A message may be left' : 'Leave no message'}</span>
              <StopNote which="phone" stopped={stopped} />
            </>
          ),
        }
      : null,
    email
      ? {
          term: 'E-mail',
          value: (
            <>
              <Link href={`mailto:${email}`}>{email}</Link>
              <StopNote which="email" stopped={stopped} />
            </>
          ),
        }
      : null,
    primary_phone || email ? fact('Prefers', preferred_contact_method) : null,
    address.length > 0 ? { term: 'Address', value: address.map((line) => <span key={line} className="block">{line}</span>) } : null,
  ]
}

function Care({ client: { primary_therapist_id, medical_record_number } }: { client: Client }) {
  const { data = [] } = useQuery(staffQuery())
  const therapist = primary_therapist_id === null ? 'Nobody yet' : (data.find(({ id }) => id === primary_therapist_id)?.name ?? '')
  return <Facts title="Care" items={[fact('Primary therapist', therapist), fact('Record number', medical_record_number)]} />
}
