import { ArrowUp, Trash2 } from 'lucide-react'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import { roleOf, staffRoles, type SignerOption, type SignerRole } from '../signing'

export type Chosen = { key: string; id: string | null; role: SignerRole | null }

type SignerRowProps = {
  number: number
  signer: Chosen
  options: readonly SignerOption[]
  onChange: (next: Partial<Chosen>) => void
  onUp: (() => void) | null
  onRemove: (() => void) | null
}

/** "Cleo Client, cleo@example.org", or why this one cannot be asked. */
const labelOf = ({ kind, name, email, why_not }: SignerOption): string => {
  if (why_not !== '') return `${name}: ${why_not.charAt(0).toLowerCase()}${why_not.slice(1)}`
  return kind === 'staff' ? name : `${name}, ${email}`
}

/** One who signs: who, and as what. Clients and guardians sign as what they are. */
export function SignerRow({ number, signer, options, onChange, onUp, onRemove }: SignerRowProps) {
  const chosen = options.find(({ id }) => id === signer.id)
  const roles: readonly SignerRole[] = chosen === undefined || chosen.kind === 'staff' ? staffRoles : [roleOf(chosen)]
  const choose = (id: string) => {
    const option = options.find((one) => one.id === id)
    if (option) onChange({ id, role: roleOf(option) })
  }
  return (
    <li aria-label={`Signer ${number}`} className="flex flex-wrap items-end gap-2">
      <span className="flex h-9 w-5 items-center text-13 text-muted tabular coarse:h-11">{number}.</span>
      <Select
        label="Who"
        hideLabel={number > 1}
        options={options.map((option) => ({ id: option.id, label: labelOf(option), disabled: option.why_not !== '' }))}
        value={signer.id}
        onChange={choose}
        className="min-w-0 flex-1 basis-48"
      />
      <Select label="Signs as" hideLabel={number > 1} options={roles.map((role) => ({ id: role, label: role }))} value={signer.role} onChange={(role) => onChange({ role })} className="w-36" />
      {onUp && <IconButton icon={ArrowUp} label={`Move signer ${number} up`} onPress={onUp} />}
      {onRemove && <IconButton icon={Trash2} label={`Remove signer ${number}`} onPress={onRemove} />}
    </li>
  )
}
