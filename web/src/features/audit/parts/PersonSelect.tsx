import { useQuery } from '@tanstack/react-query'
import { Select, type SelectProps } from '@/ui/Select'
import { staffQuery } from '../queries'

const ANYBODY = 'anybody'

type PersonSelectProps = Omit<SelectProps<string>, 'options' | 'value' | 'onChange'> & { value: string | null; onChange: (person: string | null) => void; /** What stands for nobody in particular. */ none?: string; /** Only those who administer the practice. */ administrators?: boolean }

/** Somebody who works here, or nobody in particular. */
export function PersonSelect({ value, onChange, none = 'Anybody', administrators = false, ...field }: PersonSelectProps) {
  const { data: everybody = [] } = useQuery(staffQuery())
  const staff = administrators ? everybody.filter(({ roles }) => roles.includes('administrator')) : everybody
  const known = value === null || staff.some(({ id }) => id === value)
  const options = [{ id: ANYBODY, label: none }, ...staff.map(({ id, name }) => ({ id, label: name })), ...(known ? [] : [{ id: value, label: 'Somebody who left' }])]
  return <Select {...field} options={options} value={value ?? ANYBODY} onChange={(id) => onChange(id === ANYBODY ? null : id)} />
}
