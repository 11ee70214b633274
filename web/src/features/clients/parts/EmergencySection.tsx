import { Phone, ShieldCheck } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { Link } from '@/ui/Link'
import { Section } from '@/ui/Section'
import { StatusBadge } from '@/ui/StatusBadge'

export function EmergencySection({ contacts }: { contacts: Schema<'ClientOut'>['emergency_contacts'] }) {
  return (
    <Section title="Emergency contacts">
      {contacts.length === 0 ? (
        <p className="text-13 text-muted">None on record.</p>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {contacts.map(({ id, name, relationship, phone, is_guardian }) => (
            <li key={id} className="flex flex-col gap-0.5">
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="min-w-0 font-medium break-words">{name}</span>
                {relationship && <span className="text-13 text-muted">{relationship}</span>}
                {is_guardian && <StatusBadge size="sm" tone="violet" icon={ShieldCheck} label="Guardian" />}
              </span>
              <Link href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`} className="inline-flex items-center gap-1.5 self-start text-13">
                <Phone aria-hidden className="size-3.5" />
                {phone}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
