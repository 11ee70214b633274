import { Pencil } from 'lucide-react'
import { formatPlainDate } from '@/lib/dates'
import { Button } from '@/ui/Button'
import { DescriptionList } from '@/ui/DescriptionList'
import { Section } from '@/ui/Section'
import type { Person } from '../queries'

const orNone = (text: string) => (text ? <span className="break-words">{text}</span> : <span className="text-muted">Not on file</span>)

export function DetailsSection({ person, onEdit }: { person: Person; onEdit: () => void }) {
  const license = [person.license_number, person.license_state].filter(Boolean).join(', ')
  return (
    <Section
      title="Details"
      aside={
        <Button size="sm" variant="quiet" icon={Pencil} className="-mr-2.5" onPress={onEdit}>
          Edit
        </Button>
      }
    >
      <DescriptionList
        layout="stack"
        items={[
          { term: 'Title', value: orNone(person.title) },
          { term: 'Credentials', value: orNone(person.credentials) },
          { term: 'Phone', value: orNone(person.phone_number) },
          { term: 'License', value: orNone(license) },
          { term: 'License until', value: orNone(person.license_expiration_date ? formatPlainDate(person.license_expiration_date) : '') },
          { term: 'NPI', value: orNone(person.npi_number) },
        ]}
      />
    </Section>
  )
}
