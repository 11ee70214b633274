import { Plus, X } from 'lucide-react'
import type { Schema } from '@/api/schema'
import { IconButton } from '@/ui/IconButton'
import { Select } from '@/ui/Select'
import type { Settings } from '../queries'
import { HoursField } from './HoursField'

type Timings = Settings['timing_by_type']
type Kind = Schema<'AppointmentIn'>['appointment_type']

const kinds: readonly NonNullable<Kind>[] = ['Initial Evaluation', 'Individual Therapy', 'Couples Therapy', 'Family Therapy', 'Medication Management', 'Testing', 'Consultation', 'Crisis', 'Other']

type TypeTimingsProps = { timings: Timings; usual: Pick<Settings, 'email_timing' | 'sms_timing'>; onChange: (timings: Timings) => void; problem: (field: string) => string | undefined; wrong: (field: string, isWrong: boolean) => void }

/** Types of appointment that are reminded of at other hours. */
export function TypeTimings({ timings, usual, onChange, problem, wrong }: TypeTimingsProps) {
  const left = kinds.filter((kind) => !Object.hasOwn(timings, kind))
  const remove = (kind: string) => {
    for (const channel of ['email', 'sms']) wrong(`timing_by_type.${kind}.${channel}`, false)
    onChange(without(kind))
  }
  const without = (kind: string) => Object.fromEntries(Object.entries(timings).filter(([name]) => name !== kind))
  return (
    <div className="flex flex-col gap-4">
      {Object.entries(timings).map(([kind, { email, sms }]) => (
        <fieldset key={kind} className="grid grid-cols-[1fr_1fr_auto] items-start gap-3 phone:grid-cols-1">
          <legend className="pb-1 text-13 font-medium">{kind}</legend>
          <HoursField label="E-mail" hint="Empty: none." value={email ?? usual.email_timing} onChange={(hours) => onChange({ ...timings, [kind]: { email: hours, sms: sms ?? null } })} onWrong={(isWrong) => wrong(`timing_by_type.${kind}.email`, isWrong)} error={problem(`timing_by_type.${kind}.email`)} />
          <HoursField label="Text message" hint="Empty: none." value={sms ?? usual.sms_timing} onChange={(hours) => onChange({ ...timings, [kind]: { email: email ?? null, sms: hours } })} onWrong={(isWrong) => wrong(`timing_by_type.${kind}.sms`, isWrong)} error={problem(`timing_by_type.${kind}.sms`)} />
          <div className="pt-6 phone:pt-0">
            <IconButton icon={X} label={`As for all others: ${kind}`} onPress={() => remove(kind)} />
          </div>
        </fieldset>
      ))}
      {left.length > 0 && (
        <div className="flex items-end gap-2">
          <Plus aria-hidden className="mb-2.5 size-4 text-muted" />
          <Select label="Other hours for" className="w-64" placeholder="Choose a type…" options={left.map((id) => ({ id, label: id }))} value={null} onChange={(kind) => onChange({ ...timings, [kind]: { email: [...usual.email_timing], sms: [...usual.sms_timing] } })} />
        </div>
      )}
    </div>
  )
}
