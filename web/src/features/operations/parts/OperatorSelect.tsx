import { useQuery } from '@tanstack/react-query'
import { Select, type SelectProps } from '@/ui/Select'
import { ableStaff } from '../alert-words'
import { staffQuery } from '../queries'

const NOBODY = 'nobody'

type OperatorSelectProps = Omit<SelectProps<string>, 'options' | 'value' | 'onChange'> & { value: string | null; onChange: (person: string | null) => void; /** What stands for nobody; without it somebody must be chosen. */ none?: string }

/** Somebody who runs operations. */
export function OperatorSelect({ value, onChange, none, ...field }: OperatorSelectProps) {
  const { data: everybody = [] } = useQuery(staffQuery())
  const able = ableStaff(everybody).map(({ id, name }) => ({ id, label: name }))
  const isKnown = value === null || able.some(({ id }) => id === value)
  const options = [...(none ? [{ id: NOBODY, label: none }] : []), ...able, ...(isKnown ? [] : [{ id: value, label: 'Somebody who left' }])]
  return <Select {...field} options={options} value={value ?? (none ? NOBODY : null)} onChange={(id) => onChange(id === NOBODY ? null : id)} />
}
