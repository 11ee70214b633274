import { useId } from 'react'
import { roleName } from '@/lib/roles'
import { Checkbox } from '@/ui/Checkbox'
import { rolePurposes, roles } from '../words'

type RolesFieldProps = { value: readonly string[]; onChange: (roles: string[]) => void; error?: string | undefined; disabled?: boolean }

/** All the roles of one person, each with what it opens. */
export function RolesField({ value, onChange, error, disabled = false }: RolesFieldProps) {
  const id = useId()
  return (
    <fieldset aria-describedby={error ? id : undefined} className="flex flex-col gap-1.5">
      <legend className="pb-1 text-13 font-medium">Roles</legend>
      {roles.map((role) => (
        <Checkbox key={role} checked={value.includes(role)} disabled={disabled} onChange={(on) => onChange(on ? [...value, role] : value.filter((each) => each !== role))}>
          <span className="block">{roleName(role)}</span>
          <span className="block text-12 text-muted">{rolePurposes[role]}</span>
        </Checkbox>
      ))}
      {error && (
        <p id={id} role="alert" className="text-13 text-danger-text">
          {error}
        </p>
      )}
    </fieldset>
  )
}
