import { useQuery } from '@tanstack/react-query'
import { Select } from '@/ui/Select'
import { supervisorsQuery } from '../queries'

type SupervisorFieldProps = { value: string | null; onChange: (id: string) => void; error?: string | undefined; disabled?: boolean; /** Left out: the person themselves, those who supervise them already. */ except?: readonly string[] }

/** Whoever may supervise; those who may not now say why. */
export function SupervisorField({ except = [], ...field }: SupervisorFieldProps) {
  const { data = [] } = useQuery(supervisorsQuery())
  const options = data.filter(({ id }) => !except.includes(id)).map(({ id, name, problem, supervisees, most_supervisees }) => ({ id, label: name, detail: problem ?? `Supervises ${supervisees} of ${most_supervisees}`, disabled: problem !== null }))
  return (
    <Select
      label="Supervisor"
      required
      options={options}
      placeholder={options.length === 0 ? 'Nobody else has the role of supervisor' : 'Choose a supervisor…'}
      hint="Sees the associate’s clients and notes from now on."
      {...field}
    />
  )
}
