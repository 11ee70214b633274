import { Pencil } from 'lucide-react'
import { roleName } from '@/lib/roles'
import { Button } from '@/ui/Button'
import { Section } from '@/ui/Section'
import type { Person } from '../queries'
import { isRole, rolePurposes } from '../words'

export function RolesSection({ person, onChange }: { person: Person; onChange: () => void }) {
  return (
    <Section
      title="Roles"
      aside={
        <Button size="sm" variant="quiet" icon={Pencil} className="-mr-2.5" onPress={onChange}>
          Change
        </Button>
      }
    >
      {person.roles.length === 0 ? (
        <p className="text-13 text-muted">No role yet.</p>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {person.roles.map((role) => (
            <li key={role}>
              <span className="block font-medium">{roleName(role)}</span>
              {isRole(role) && <span className="block text-13 text-muted">{rolePurposes[role]}</span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
