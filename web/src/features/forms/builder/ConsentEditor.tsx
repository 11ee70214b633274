import { Checkbox } from '@/ui/Checkbox'
import { NumberField } from '@/ui/NumberField'
import { Select } from '@/ui/Select'
import { consentKinds, type Field } from '../words'

/** A release is not asked in a form: it says to whom and of what, so it is recorded in the chart. */
const options = (Object.keys(consentKinds) as (keyof typeof consentKinds)[]).filter((id) => id !== 'release').map((id) => ({ id, label: consentKinds[id] }))

/** What is agreed to, for how long, and whether the practice expects it of everybody. */
export function ConsentEditor({ field, onChange }: { field: Field; onChange: (some: Partial<Field>) => void }) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
        <Select label="Agrees to" options={options} value={field.consent ?? null} onChange={(consent) => onChange({ consent })} hint="Accepting the form records this consent." />
        <NumberField label="Good for, in months" value={field.months ?? null} onChange={(months) => onChange({ months })} hint="Empty: it does not end." />
      </div>
      <Checkbox checked={field.expected} onChange={(expected) => onChange({ expected })}>
        Expected of every client
      </Checkbox>
    </>
  )
}
